package import JSON

/// What somebody who signed in goes on with.
package struct TokenSet: Sendable {
    /// Opens routes for `expiresInSeconds`.
    package let accessToken: String
    package let expiresInSeconds: Int64
    /// Good for one new set.
    package let refreshToken: String
    package let refreshExpiresInSeconds: Int64
    /// The name of the session: `s_9`.
    package let session: String

    package init(
        accessToken: String, expiresInSeconds: Int64, refreshToken: String,
        refreshExpiresInSeconds: Int64, session: String
    ) {
        self.accessToken = accessToken
        self.expiresInSeconds = expiresInSeconds
        self.refreshToken = refreshToken
        self.refreshExpiresInSeconds = refreshExpiresInSeconds
        self.session = session
    }
}

extension TokenSet: JSONRecord {
    package static let members: [JSONMember<TokenSet>] = [
        .string("accessToken", \.accessToken),
        .string("tokenType") { _ in "Bearer" },
        .integer("expiresIn", \.expiresInSeconds),
        .string("refreshToken", \.refreshToken),
        .integer("refreshExpiresIn", \.refreshExpiresInSeconds),
        .string("session", \.session),
    ]
}
