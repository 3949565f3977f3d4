/// What an account may do at most, each role all that those before it may.
package enum Role: String, Sendable, CaseIterable, Comparable {
    /// Nobody in particular: reads what is public.
    case guest
    /// An account of its own.
    case member
    /// Keeps order among members.
    case moderator
    /// Decides who is what.
    case admin

    package static func < (left: Role, right: Role) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .guest: 0
        case .member: 1
        case .moderator: 2
        case .admin: 3
        }
    }
}
