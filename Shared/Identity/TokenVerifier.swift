package import Bytes
import JSON

/// Tells whether an access token is one of ours and still good (RFC 8725 is the list of what can go
/// wrong). Accepts one kind of token, one kind of signature and the keys of one set.
package struct TokenVerifier: Sendable {
    package let keys: KeySet
    package let issuer: String
    package let audience: String

    /// `issuer` and `audience` are those of the `TokenSigner`.
    package init(keys: KeySet, issuer: String, audience: String) {
        self.keys = keys
        self.issuer = issuer
        self.audience = audience
    }

    /// The same rules with other keys.
    package func with(_ keys: KeySet) -> TokenVerifier {
        TokenVerifier(keys: keys, issuer: issuer, audience: audience)
    }

    /// What the token says. Nothing of it is believed before its signature is: that a token has
    /// expired is said only of one that was good.
    package func verify(
        _ token: ByteString, nowSeconds: Int64
    ) throws(TokenFault) -> TokenClaims {
        let token = try CompactToken(token)
        let header = try TokenHeader(parsing: token.header)
        guard let key = keys[header.keyID] else { throw .unknownKey(header.keyID) }
        guard key.verifies(token.signature, of: token.signed) else { throw .signature }
        let claims = try TokenVerifier.claims(token.payload)
        guard claims.issuer.utf8.elementsEqual(issuer.utf8) else { throw .issuer }
        guard claims.audience.utf8.elementsEqual(audience.utf8) else { throw .audience }
        try claims.requireLive(nowSeconds: nowSeconds)
        return claims
    }

    private static func claims(_ payload: ByteString) throws(TokenFault) -> TokenClaims {
        let value: JSONValue
        do throws(JSONError) {
            value = try JSONValue.parse(payload)
        } catch {
            throw .malformed
        }
        do throws(JSONRejection) {
            return try TokenClaims.decode(value)
        } catch {
            throw .claim(error.complaints.first.map(TokenVerifier.line) ?? "")
        }
    }

    private static func line(_ complaint: JSONComplaint) -> String {
        complaint.pointer.isEmpty ? complaint.detail : "\(complaint.pointer) \(complaint.detail)"
    }
}
