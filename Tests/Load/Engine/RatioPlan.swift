/// A comparison: the same requests to two servers by turns, and to a third behind both.
struct RatioPlan: Sendable {
    enum Role: Sendable, CaseIterable {
        case first, second, baseline
    }

    struct Side: Sendable {
        let name: String
        let plan: LoadPlan
    }

    let rounds: Int
    let first: Side
    let second: Side
    /// What is behind both: its cost is taken off each before they are divided.
    let baseline: Side?

    func side(_ role: Role) -> Side? {
        switch role {
        case .first: first
        case .second: second
        case .baseline: baseline
        }
    }

    /// The order of one round; it turns with each, so that a drift of the machine falls on all.
    static func order(ofRound round: Int) -> [Role] {
        round.isMultiple(of: 2) ? Role.allCases : Role.allCases.reversed()
    }
}
