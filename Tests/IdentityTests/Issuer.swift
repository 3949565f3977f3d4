import Bytes
import Identity

/// An issuer with one key, and whoever tries to be it.
struct Issuer: Sendable {
    static let name = "https://forum.example"
    static let audience = "forum"
    /// 2026-11-26T00:00:00Z
    static let now: Int64 = 1_795_651_200

    let ring: KeyRing
    let signer: TokenSigner
    let grant = TokenGrant(
        subject: 4, session: "s_9", version: 7, roles: ["member", "moderator"],
        scopes: ["posts:write", "threads:read"])

    init(_ algorithm: SignatureAlgorithm = .edDSA) throws {
        ring = KeyRing([try .random(signsFromSeconds: Issuer.now)])
        signer = TokenSigner(
            issuer: Issuer.name, audience: Issuer.audience, algorithm: algorithm)
    }

    var key: SigningKey { ring.current(nowSeconds: Issuer.now) }
    var keySet: KeySet { ring.published(nowSeconds: Issuer.now) }
    var verifier: TokenVerifier {
        TokenVerifier(keys: keySet, issuer: Issuer.name, audience: Issuer.audience)
    }

    /// A good token.
    func token(at seconds: Int64 = Issuer.now) throws -> String {
        try signer.sign(grant, with: ring, nowSeconds: seconds)
    }

    /// A token with any header and any payload, truly signed.
    func token(header: String, payload: String) throws -> String {
        let signed = "\(encoded(header)).\(encoded(payload))"
        return "\(signed).\(Base64URL.encode(try key.sign(ByteString(signed))))"
    }

    /// The header of a good token.
    var header: String { #"{"alg":"EdDSA","typ":"at+jwt","kid":"\#(key.keyID)"}"# }

    /// The members of a good payload, as JSON.
    static let claims: [(name: String, value: String)] = [
        ("iss", #""\#(name)""#), ("aud", #""\#(audience)""#), ("sub", #""4""#),
        ("sid", #""s_9""#), ("ver", "7"), ("roles", #"["member"]"#), ("scope", #""posts:write""#),
        ("iat", "\(now)"), ("nbf", "\(now)"), ("exp", "\(now + 600)"), ("jti", #""abc""#),
    ]

    /// A good payload with one member changed, left out (nil), or added.
    static func payload(_ name: String = "x", _ value: String? = "1") -> String {
        var members = claims
        if let index = members.firstIndex(where: { $0.name == name }) {
            if let value { members[index].value = value } else { members.remove(at: index) }
        } else if let value {
            members.append((name, value))
        }
        return "{" + members.map { #""\#($0.name)":\#($0.value)"# }.joined(separator: ",") + "}"
    }

    /// What the verifier makes of `token`: nil when it is good.
    func fault(_ token: String, at seconds: Int64 = Issuer.now) -> TokenFault? {
        do throws(TokenFault) {
            _ = try verifier.verify(ByteString(token), nowSeconds: seconds)
            return nil
        } catch {
            return error
        }
    }
}

func encoded(_ text: String) -> String { Base64URL.encode(ByteString(text)) }
