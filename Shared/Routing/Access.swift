import HTTP

/// Who a route answers. Decided from the head, before a byte of the body is read.
///
/// The operator, who presents the admin secret, is admitted wherever an admin is; such a request
/// has no caller.
package enum Access: Hashable, Sendable {
    /// Everybody; who sends a token is known, and a bad token is refused all the same.
    case anyone
    /// Who has an account; an API token needs the scope.
    case member(Scope)
    /// A global moderator or an admin. Moderators of one category are members: the handler knows.
    case moderator(Scope)
    /// An admin, or the operator.
    case admin(Scope)
    /// The operator alone.
    case `operator`

    /// The least role that is let in.
    package var role: Role {
        switch self {
        case .anyone: .guest
        case .member: .member
        case .moderator: .moderator
        case .admin, .operator: .admin
        }
    }

    /// What an API token needs; nil where there is no question of it.
    package var scope: Scope? {
        switch self {
        case .anyone, .operator: nil
        case .member(let scope), .moderator(let scope), .admin(let scope): scope
        }
    }

    /// Throws 401 for a stranger where an account is needed, 403 for whoever may not: too low a
    /// role, a token without the scope, a ban. `hasOperator`: somebody could be the operator.
    func check(
        _ visitor: Visitor, _ head: RequestHead, now: Int64, hasOperator: Bool
    ) throws(APIError) {
        switch visitor {
        case .stranger: try checkStranger(head, hasOperator)
        case .caller(let caller): try check(caller, head.method, now)
        case .operator:
            if case .member = self { throw .needsAccount }
            if case .moderator = self { throw .needsAccount }
        }
    }

    private func checkStranger(_ head: RequestHead, _ hasOperator: Bool) throws(APIError) {
        if self == .anyone { return }
        guard self == .operator else { throw .needsSignIn }
        guard hasOperator else {
            throw APIError(
                .forbidden,
                "no admin secret is set here, so nobody has it: start the service with "
                    + "FORUM_ADMIN_SECRET or FORUM_ADMIN_SECRET_FILE")
        }
        if head.bearerToken != nil {
            throw APIError(.forbidden, "this is not the admin secret")
        }
        throw APIError(
            .unauthenticated, "send the admin secret as Authorization: Bearer <secret>")
    }

    private func check(_ caller: Caller, _ method: Method, _ now: Int64) throws(APIError) {
        if let ban = caller.ban, ban.forbids(method, at: now) { throw .banned(ban) }
        if self == .operator { throw APIError(.forbidden, "this needs the admin secret") }
        guard caller.role >= role else {
            throw APIError(.forbidden, "this needs the role \(role.rawValue)")
        }
        guard let scope, let scopes = caller.scopes else { return }
        guard let name = scope.name else {
            throw APIError(.forbidden, "this needs a session; no API token is enough")
        }
        if !scopes.contains(name) { throw .needsScope(name) }
    }
}

extension APIError {
    /// 401: an account is needed and no token was sent.
    package static var needsSignIn: APIError {
        APIError(.unauthenticated, "sign in and send Authorization: Bearer <token>")
    }

    /// 403: the admin secret is no account.
    package static var needsAccount: APIError {
        APIError(.forbidden, "this needs an account; the admin secret is none")
    }

    /// 403 with the name of the scope, for people and for clients (RFC 6750 §3.1).
    fileprivate static func needsScope(_ name: String) -> APIError {
        var error = APIError(.forbidden, "the token lacks the scope \(name)")
        error.fields.append(
            .wwwAuthenticate, "Bearer error=\"insufficient_scope\", scope=\"\(name)\"")
        return error
    }
}
