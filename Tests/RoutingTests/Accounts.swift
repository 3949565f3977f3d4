import Bytes
import HTTP
import Routing

/// Knows callers by tokens such as `finn`, as a service knows them by signed ones.
struct Accounts: Authenticator {
    static let known: [String: Caller] = [
        "finn": Caller(user: 3, session: "s_1"),
        "newcomer": Caller(user: 9, joinedAtMilliseconds: -3_600_000),
        "bubblegum": Caller(user: 1, role: .moderator),
        "simon": Caller(user: 5, role: .admin),
        "reader": Caller(user: 3, scopes: ["threads:read"]),
        "writer": Caller(user: 3, scopes: ["threads:write", "posts:write"]),
        "muted": Caller(user: 6, ban: Ban(.write)),
        "lich": Caller(user: 7, ban: Ban(.all, untilMilliseconds: 86_400_000)),
        "pardoned": Caller(user: 8, ban: Ban(.all, untilMilliseconds: 0)),
    ]

    func caller(_ head: RequestHead, nowMilliseconds: Int64) throws(APIError) -> Caller? {
        guard let token = head.bearerToken else { return nil }
        if token == "old" { throw APIError(.tokenExpired, "the token has expired") }
        guard let caller = Accounts.known[token.text] else {
            var error = APIError(.unauthenticated, "this is no token")
            error.fields.append(.wwwAuthenticate, "Bearer error=\"invalid_token\"")
            throw error
        }
        return caller
    }

    /// A router that knows these accounts, and the operator as `secret`.
    static var settings: RouterSettings {
        var settings = RouterSettings()
        settings.authenticator = Accounts()
        settings.isOperator = { $0 == "secret" }
        return settings
    }
}

extension Fields {
    /// Authorization with a bearer token.
    static func token(_ token: String) -> Fields { [.authorization: "Bearer \(token)"] }
}
