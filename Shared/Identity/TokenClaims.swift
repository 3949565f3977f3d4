import Bytes
package import JSON

/// What an access token says (RFC 7519, RFC 9068): who, in which session, allowed what, how long.
package struct TokenClaims: Equatable, Sendable {
    /// `iss`
    package let issuer: String
    /// `aud`: one, because there is one forum.
    package let audience: String
    /// `sub`: the number of a user, in a token written as text.
    package let subject: Int64
    /// `sid`
    package let session: String
    /// `ver`: valid only as long as the user's session version is the same.
    package let version: Int64
    /// `roles`
    package let roles: [String]
    /// `scope`, in a token one text with spaces; none means that nothing is held back.
    package let scopes: [String]
    /// `iat`, seconds since 1970.
    package let issuedAtSeconds: Int64
    /// `nbf`, seconds since 1970.
    package let notBeforeSeconds: Int64
    /// `exp`, seconds since 1970.
    package let expiresAtSeconds: Int64
    /// `jti`
    package let tokenID: String

    /// How far the clocks of two machines may lie apart.
    package static let skewSeconds: Int64 = 30

    /// The moments a token can name: up to the year 9999.
    static let seconds: ClosedRange<Int64> = 0...253_402_300_799

    /// Claims for `grant`, valid from `nowSeconds` for `lifetimeSeconds`.
    init(
        _ grant: TokenGrant, issuer: String, audience: String, tokenID: String,
        nowSeconds: Int64, lifetimeSeconds: Int64
    ) {
        self.issuer = issuer
        self.audience = audience
        subject = grant.subject
        session = grant.session
        version = grant.version
        roles = grant.roles
        scopes = grant.scopes
        issuedAtSeconds = nowSeconds
        notBeforeSeconds = nowSeconds
        expiresAtSeconds = nowSeconds + lifetimeSeconds
        self.tokenID = tokenID
    }

    /// Throws when it is too late or, beyond what clocks may differ, too early for this token.
    package func requireLive(nowSeconds: Int64) throws(TokenFault) {
        if nowSeconds >= expiresAtSeconds + TokenClaims.skewSeconds { throw .expired }
        if nowSeconds < notBeforeSeconds - TokenClaims.skewSeconds { throw .notYetValid }
    }
}

extension TokenClaims: JSONDecodable {
    /// Members it does not know are ignored, as RFC 7519 §4 asks.
    package init(from fields: inout JSONFields) {
        let word = 1...IdentityLimits.wordCharactersMax
        issuer = fields.requiredString("iss", length: word)
        audience = fields.requiredString("aud", length: word)
        subject = TokenClaims.subject(from: &fields)
        session = fields.requiredString("sid", length: word)
        version = fields.requiredInteger("ver", in: 0...TokenGrant.numberMax)
        roles =
            fields.optionalStrings("roles", count: 0...IdentityLimits.rolesMax, length: word) ?? []
        scopes = TokenClaims.scopes(from: &fields)
        issuedAtSeconds = fields.requiredInteger("iat", in: TokenClaims.seconds)
        notBeforeSeconds = fields.requiredInteger("nbf", in: TokenClaims.seconds)
        expiresAtSeconds = fields.requiredInteger("exp", in: TokenClaims.seconds)
        tokenID = fields.requiredString("jti", length: word)
    }

    private static func subject(from fields: inout JSONFields) -> Int64 {
        let text = fields.requiredString("sub", length: 1...DecimalText.digitsMax)
        guard let subject = DecimalText.parse(text), (1...TokenGrant.numberMax).contains(subject),
            "\(subject)".utf8.elementsEqual(text.utf8)
        else {
            fields.complain("sub", JSONComplaint.unknownValue, "the number of a user is expected")
            return 0
        }
        return subject
    }

    private static func scopes(from fields: inout JSONFields) -> [String] {
        guard let text = fields.optionalString("scope") else { return [] }
        let scopes = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        let isFitting =
            scopes.count <= IdentityLimits.scopesMax
            && scopes.allSatisfy {
                (1...IdentityLimits.wordCharactersMax).contains($0.unicodeScalars.count)
            }
        if isFitting { return scopes }
        fields.complain("scope", JSONComplaint.unknownValue, "words with one space between them")
        return []
    }
}

extension JSONWriter {
    /// The claims as a token has them.
    mutating func claims(_ claims: TokenClaims) {
        beginObject()
        member("iss", claims.issuer)
        member("aud", claims.audience)
        member("sub", "\(claims.subject)")
        member("sid", claims.session)
        member("ver", claims.version)
        key("roles")
        beginArray()
        for role in claims.roles { string(role) }
        endArray()
        if !claims.scopes.isEmpty { member("scope", claims.scopes.joined(separator: " ")) }
        member("iat", claims.issuedAtSeconds)
        member("nbf", claims.notBeforeSeconds)
        member("exp", claims.expiresAtSeconds)
        member("jti", claims.tokenID)
        endObject()
    }
}
