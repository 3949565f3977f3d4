package import Bytes

/// Where a service looks up accounts and API tokens: its own tables in users, projections of them
/// elsewhere. Called on the loop for every request with a token, so it reads one row and waits for
/// nothing.
package protocol AccountDirectory: Sendable {
    /// How the account stands; nil if nothing is known of it here.
    func standing(of user: Int64) throws -> Standing?

    /// The API token with this digest (see `OpaqueToken.digest`); nil if none is known here.
    func apiToken(_ digest: ByteString) throws -> APITokenCard?
}

/// What an API token may do, for whom, and how long.
package struct APITokenCard: Equatable, Sendable {
    /// The digest in base64url: the key of its events.
    package let hash: String
    /// Grows by one with every change; the first is 1.
    package let version: Int64
    package let user: Int64
    package let scopes: [String]
    /// Milliseconds since 1970; nil: never.
    package let expiresAtMilliseconds: Int64?
    package let isRevoked: Bool

    /// `scopes` are words without spaces.
    package init(
        hash: String, version: Int64, user: Int64, scopes: [String],
        expiresAtMilliseconds: Int64?, isRevoked: Bool
    ) {
        self.hash = hash
        self.version = version
        self.user = user
        self.scopes = scopes
        self.expiresAtMilliseconds = expiresAtMilliseconds
        self.isRevoked = isRevoked
    }
}
