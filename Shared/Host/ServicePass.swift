import HTTP
import Identity
import Routing

/// Lets the services pass that show what they share: they are nobody's account, and their feeds
/// look at the secret themselves.
struct ServicePass: Authenticator {
    let secret: Secret
    let others: any Authenticator

    func caller(_ head: RequestHead, nowMilliseconds: Int64) throws(APIError) -> Caller? {
        if let token = head.bearerToken, secret.matches(token) { return nil }
        return try others.caller(head, nowMilliseconds: nowMilliseconds)
    }
}
