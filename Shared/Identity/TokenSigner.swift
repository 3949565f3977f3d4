import Bytes
import JSON

/// Makes access tokens: JWT signed with Ed25519 (RFC 7515, RFC 8037, RFC 9068).
package struct TokenSigner: Sendable {
    /// How long a token is valid: short, because most readers cannot be told that it is not.
    package static let lifetimeSeconds: Int64 = 600

    private static let tokenIDBytes = 16

    package let issuer: String
    package let audience: String
    package let algorithm: SignatureAlgorithm

    /// `issuer` and `audience` have 1…128 characters; the verifiers know the same two.
    package init(issuer: String, audience: String, algorithm: SignatureAlgorithm = .edDSA) {
        let words = 1...IdentityLimits.wordCharactersMax
        precondition(
            words.contains(issuer.unicodeScalars.count)
                && words.contains(audience.unicodeScalars.count),
            "a verifier will accept these names")
        self.issuer = issuer
        self.audience = audience
        self.algorithm = algorithm
    }

    /// A token for `grant`, valid from now on, signed with the ring's current key.
    package func sign(
        _ grant: TokenGrant, with ring: KeyRing, nowSeconds: Int64
    ) throws(CryptoFault) -> String {
        let tokenID = try RandomBytes.make(TokenSigner.tokenIDBytes)
        let claims = TokenClaims(
            grant, issuer: issuer, audience: audience, tokenID: Base64URL.encode(tokenID),
            nowSeconds: nowSeconds, lifetimeSeconds: TokenSigner.lifetimeSeconds)
        var payload = JSONWriter()
        payload.claims(claims)
        let key = ring.current(nowSeconds: nowSeconds)
        let header = TokenHeader.write(algorithm, keyID: key.keyID)
        let signed = "\(Base64URL.encode(header)).\(Base64URL.encode(payload.finish()))"
        let signature = try key.sign(ByteString(signed))
        return "\(signed).\(Base64URL.encode(signature))"
    }
}
