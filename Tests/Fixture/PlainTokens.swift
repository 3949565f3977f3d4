import Bytes
package import HTTP
package import Routing

/// Believes what a token says: `4` is user 4, `4:moderator` is one who keeps order, and
/// `4:member:posts:write` is user 4's API token of that scope. For tests of what a service does
/// with callers, not of how it knows them.
package struct PlainTokens: Authenticator {
    package init() {}

    package func caller(
        _ head: RequestHead, nowMilliseconds: Int64
    ) throws(APIError) -> Caller? {
        guard let token = head.bearerToken?.text else { return nil }
        let parts = token.split(separator: ":", maxSplits: 2)
        guard let user = Int64(parts[0]) else {
            throw APIError(.unauthenticated, "'\(token)' is no token of these tests")
        }
        let role = parts.count > 1 ? Role(rawValue: String(parts[1])) : .member
        let scopes: Set<String>? = parts.count > 2 ? [String(parts[2])] : nil
        return Caller(user: user, role: role ?? .member, scopes: scopes)
    }
}
