package import HTTP
package import Identity
package import Routing

/// Who may write while there are no accounts: everybody or nobody, and the operator.
package struct WriteAccess: Sendable {
    private let isOpen: Bool
    private let admin: Secret?

    /// `admin` is what the operator presents; without it nobody is the operator.
    package init(isOpen: Bool, admin: Secret?) {
        self.isOpen = isOpen
        self.admin = admin
    }

    /// Throws 403 unless anybody may create records.
    package func requireOpenWrites() throws(APIError) {
        if isOpen { return }
        throw APIError(
            .forbidden,
            "sign in to create; FORUM_OPEN_WRITES=1 would open it to everybody")
    }

    /// Throws 401 without a bearer token and 403 with one that is not the admin secret.
    package func requireAdmin(_ request: borrowing Request) throws(APIError) {
        guard let token = request.head.bearerToken else {
            throw APIError(
                .unauthenticated, "send the admin secret as Authorization: Bearer <secret>")
        }
        guard let admin else {
            throw APIError(.forbidden, "there is no admin secret; start with FORUM_ADMIN_SECRET")
        }
        guard admin.matches(token) else {
            throw APIError(.forbidden, "this is not the admin secret")
        }
    }
}
