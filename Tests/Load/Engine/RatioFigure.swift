/// One figure of a comparison over all rounds.
struct RatioFigure: Sendable {
    /// What is compared, read from a report; nil where the report does not know.
    enum Kind: String, Sendable, CaseIterable {
        case requestsPerSecond
        case cpuMicrosecondsPerRequest
        case latencyP50Microseconds
        case latencyP99Microseconds

        func value(_ report: LoadReport) -> Double? {
            let microsecond = Double(Nanoseconds.microsecond)
            return switch self {
            case .requestsPerSecond: report.requestsPerSecond
            case .cpuMicrosecondsPerRequest: report.usage.cpuMicrosecondsPerRequest
            case .latencyP50Microseconds: Double(report.latency.p50) / microsecond
            case .latencyP99Microseconds: Double(report.latency.p99) / microsecond
            }
        }

        /// A cost of which the baseline's part can be taken off; a rate cannot.
        var isAdditive: Bool { self != .requestsPerSecond }
    }

    let kind: Kind
    let first: Spread
    let second: Spread
    let baseline: Spread?
    /// A ÷ B, round by round.
    let ratio: Spread?
    /// (A − baseline) ÷ (B − baseline), round by round; rounds where B adds nothing are left out.
    let addedRatio: Spread?

    /// nil when no round has the figure for both sides.
    init?(_ kind: Kind, rounds: [RatioReport.Round]) {
        let pairs = rounds.compactMap { round -> (first: Double, second: Double, base: Double?)? in
            guard let first = round.value(kind, .first), let second = round.value(kind, .second)
            else { return nil }
            return (first, second, round.value(kind, .baseline))
        }
        guard let first = Spread(pairs.map(\.first)), let second = Spread(pairs.map(\.second))
        else { return nil }
        self.kind = kind
        self.first = first
        self.second = second
        baseline = Spread(pairs.compactMap(\.base))
        ratio = Spread(pairs.filter { $0.second > 0 }.map { $0.first / $0.second })
        let added = pairs.compactMap { pair -> Double? in
            guard kind.isAdditive, let base = pair.base, pair.second > base else { return nil }
            return (pair.first - base) / (pair.second - base)
        }
        addedRatio = Spread(added)
    }
}
