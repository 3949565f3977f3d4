package import Routing

/// How an account stands, as far as the service that is asked knows: what decides whether a token
/// of it still opens anything.
package struct Standing: Equatable, Sendable {
    /// Tokens with a smaller one have been ended: by a new password, a ban, a sign-out everywhere.
    package let sessionVersion: Int64
    package let state: AccountState
    package let role: Role
    /// The ban that reaches furthest; it may be over by now.
    package let ban: Ban?
    /// Milliseconds since 1970.
    package let joinedAtMilliseconds: Int64

    /// An account that is there.
    package init(
        sessionVersion: Int64, state: AccountState = .active, role: Role = .member,
        ban: Ban? = nil, joinedAtMilliseconds: Int64
    ) {
        self.sessionVersion = sessionVersion
        self.state = state
        self.role = role
        self.ban = ban
        self.joinedAtMilliseconds = joinedAtMilliseconds
    }
}

/// What has become of an account.
package enum AccountState: String, Sendable, CaseIterable {
    case active
    case banned
    case deleted
    /// Nothing has been heard of it here yet.
    case unknown
}
