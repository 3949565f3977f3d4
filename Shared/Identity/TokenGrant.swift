/// What an issuer grants: the part of a token's claims that is not the token's own.
package struct TokenGrant: Equatable, Sendable {
    /// The number of a user: 1…2^53.
    package let subject: Int64
    /// The name of the session, `s_9`.
    package let session: String
    /// The user's session version: raised, it ends every token with an older one.
    package let version: Int64
    package let roles: [String]
    /// What a token is limited to; none means that nothing is held back.
    package let scopes: [String]

    /// What every reader of JSON keeps exactly.
    static let numberMax: Int64 = 1 << 53

    /// Roles and scopes are words without spaces, at most `IdentityLimits.rolesMax` and
    /// `scopesMax` of them, each of 1…`wordCharactersMax` characters.
    package init(
        subject: Int64, session: String, version: Int64, roles: [String], scopes: [String] = []
    ) {
        precondition((1...TokenGrant.numberMax).contains(subject), "a user has a number")
        precondition((0...TokenGrant.numberMax).contains(version), "a version is counted")
        precondition(
            roles.count <= IdentityLimits.rolesMax && scopes.count <= IdentityLimits.scopesMax
                && (roles + scopes + [session]).allSatisfy(TokenGrant.isWord),
            "a verifier will accept these words")
        self.subject = subject
        self.session = session
        self.version = version
        self.roles = roles
        self.scopes = scopes
    }

    private static func isWord(_ text: String) -> Bool {
        let count = text.unicodeScalars.count
        return (1...IdentityLimits.wordCharactersMax).contains(count)
            && !text.utf8.contains { $0 <= 0x20 }
    }
}
