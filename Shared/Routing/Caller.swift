/// Who sends a request, as its token and the service's own records say. Valid for this request.
package struct Caller: Sendable {
    /// The id of the account.
    package let user: Int64
    package let role: Role
    /// What an API token may do; nil for a session, which may do all that its account may.
    package let scopes: Set<String>?
    /// Which session; nil for an API token.
    package let session: String?
    package let ban: Ban?
    /// Milliseconds since 1970; nil if this service does not know. Young accounts have smaller
    /// limits.
    package let joinedAtMilliseconds: Int64?

    /// A caller that an `Authenticator` vouches for.
    package init(
        user: Int64, role: Role = .member, scopes: Set<String>? = nil, session: String? = nil,
        ban: Ban? = nil, joinedAtMilliseconds: Int64? = nil
    ) {
        self.user = user
        self.role = role
        self.scopes = scopes
        self.session = session
        self.ban = ban
        self.joinedAtMilliseconds = joinedAtMilliseconds
    }
}
