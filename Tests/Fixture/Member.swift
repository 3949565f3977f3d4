package import HTTP

/// Somebody with an account, signed in.
package struct Member: Sendable {
    package let id: Int64
    package let username: String
    /// The access token.
    package let token: String
    package let refreshToken: String

    /// What says who it is in a request.
    package var fields: Fields { [.authorization: "Bearer \(token)"] }
}
