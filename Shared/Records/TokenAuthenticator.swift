import Bytes
package import HTTP
package import Identity
package import Routing

/// Knows callers by their tokens: access tokens, which the issuer has signed, and API tokens, which
/// are looked up by their digest. What the directory knows of the account counts for more than what
/// a token says; an account that nothing is known of is as its token says.
///
/// The version of sessions in a token may be newer than the one in the directory, which then has
/// not heard of the latest sign-in yet: only an older one is refused.
package struct TokenAuthenticator: Authenticator {
    private let tokens: VerifiedTokens
    private let directory: any AccountDirectory
    private let unknownKey: @Sendable () -> Void

    /// `unknownKey` is told that a token names a key that nobody here knows, and may not wait: it
    /// wakes a `KeySetKeeper`, which asks no more often than it should.
    package init(
        _ tokens: VerifiedTokens, _ directory: any AccountDirectory,
        unknownKey: @escaping @Sendable () -> Void = {}
    ) {
        self.tokens = tokens
        self.directory = directory
        self.unknownKey = unknownKey
    }

    package func caller(
        _ head: RequestHead, nowMilliseconds: Int64
    ) throws(APIError) -> Caller? {
        guard let token = head.bearerToken else { return nil }
        if let personal = TokenAuthenticator.personal(token) {
            return try caller(of: personal, nowMilliseconds)
        }
        let claims = try claims(of: token, nowMilliseconds / 1000)
        let standing = try look { try directory.standing(of: claims.subject) }
        if let standing {
            try TokenAuthenticator.requireAccount(standing)
            if claims.version < standing.sessionVersion {
                throw APIError(.tokenExpired, "this token was ended; refresh it, or sign in again")
            }
        }
        return Caller(
            user: claims.subject, role: standing?.role ?? TokenAuthenticator.role(claims),
            scopes: claims.scopes.isEmpty ? nil : Set(claims.scopes), session: claims.session,
            ban: standing?.ban, joinedAtMilliseconds: standing?.joinedAtMilliseconds)
    }

    private func caller(of token: OpaqueToken, _ now: Int64) throws(APIError) -> Caller {
        let card = try look { try directory.apiToken(token.digest) }
        guard let card, !card.isRevoked else {
            throw .invalidToken("this API token does not exist any more, or not yet")
        }
        if let end = card.expiresAtMilliseconds, end <= now {
            throw APIError(.tokenExpired, "this API token has expired; make a new one")
        }
        let standing = try look { try directory.standing(of: card.user) }
        if let standing { try TokenAuthenticator.requireAccount(standing) }
        return Caller(
            user: card.user, role: standing?.role ?? .member, scopes: Set(card.scopes),
            ban: standing?.ban, joinedAtMilliseconds: standing?.joinedAtMilliseconds)
    }

    private func claims(
        of token: ByteString, _ nowSeconds: Int64
    ) throws(APIError) -> TokenClaims {
        do throws(TokenFault) {
            return try tokens.claims(of: token, nowSeconds: nowSeconds)
        } catch {
            switch error {
            case .expired:
                throw APIError(.tokenExpired, "this token has expired; refresh it")
            case .unknownKey:
                unknownKey()
                throw .invalidToken("this token is not valid here, or not yet")
            default: throw .invalidToken("this token is not valid")
            }
        }
    }

    private func look<Found>(_ body: () throws -> Found) throws(APIError) -> Found {
        do {
            return try body()
        } catch {
            throw (error as? any APIErrorConvertible)?.apiError
                ?? APIError(.internal, "something went wrong; it has been reported")
        }
    }

    private static func requireAccount(_ standing: Standing) throws(APIError) {
        if standing.state == .deleted {
            throw .invalidToken("this account does not exist any more")
        }
    }

    /// The highest of the roles that a token names; names of a later version count for nothing.
    private static func role(_ claims: TokenClaims) -> Role {
        claims.roles.compactMap(Role.init(rawValue:)).max() ?? .member
    }

    /// The token if it is an API token: told by its first letters, so that the digest of a long
    /// access token is never made for nothing.
    private static func personal(_ token: ByteString) -> OpaqueToken? {
        guard token.count < personalBytesMax, let opaque = OpaqueToken(token.text),
            opaque.kind == .personal
        else { return nil }
        return opaque
    }

    /// Longer than an API token is, shorter than any access token.
    private static let personalBytesMax = 64
}

extension APIError {
    /// 401 for a token that opens nothing (RFC 6750 §3.1); what is wrong with it is told to people
    /// only.
    fileprivate static func invalidToken(_ detail: String) -> APIError {
        var error = APIError(.unauthenticated, detail)
        error.fields.append(.wwwAuthenticate, "Bearer error=\"invalid_token\"")
        return error
    }
}
