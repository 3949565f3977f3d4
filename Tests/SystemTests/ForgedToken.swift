import Bytes
import Identity
import Testing

/// A token that nobody should believe, by how it is made.
struct ForgedToken: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// What the answer calls it.
    let problem: String
    let make: @Sendable (Forge) throws -> String

    init(
        _ name: String, _ problem: String = "unauthenticated",
        _ make: @escaping @Sendable (Forge) throws -> String
    ) {
        testDescription = name
        self.problem = problem
        self.make = make
    }
}

/// What an attacker works with, and more than one ever has: the private key.
struct Forge: Sendable {
    /// The key that the users service signs with.
    let key: SigningKey
    let nowSeconds: Int64
    /// A token of a user that is good.
    let good: String

    /// The usual header with more members, or others.
    func header(_ more: String = "", algorithm: String = "EdDSA", keyID: String? = nil) -> String {
        #"{"alg":"\#(algorithm)","typ":"at+jwt","kid":"\#(keyID ?? key.keyID)"\#(more)}"#
    }

    /// The claims of the admin, with some of them replaced.
    func claims(_ changes: [String: String?] = [:]) -> String {
        var claims: [String: String] = [
            "iss": #""forum""#, "aud": #""forum""#, "sub": #""1""#, "sid": #""s_1""#, "ver": "1",
            "roles": #"["admin"]"#, "iat": "\(nowSeconds)", "nbf": "\(nowSeconds)",
            "exp": "\(nowSeconds + 600)", "jti": #""x""#,
        ]
        for (name, value) in changes { claims[name] = value }
        return "{\(claims.map { #""\#($0.key)":\#($0.value)"# }.joined(separator: ","))}"
    }

    /// A token of this header and these claims, truly signed.
    func signed(_ header: String, _ claims: String) throws -> String {
        try signed(header, claims, with: key)
    }

    /// The same with a key of one's own.
    func signed(_ header: String, _ claims: String, with key: SigningKey) throws -> String {
        let text = "\(encoded(header)).\(encoded(claims))"
        return "\(text).\(Base64URL.encode(try key.sign(ByteString(text))))"
    }

    /// The three parts of the good token.
    var parts: [String] { good.split(separator: ".").map(String.init) }

    func encoded(_ text: String) -> String { Base64URL.encode(ByteString(text)) }

    /// HMAC-SHA256 (RFC 2104), for the attack that takes a public key for a shared secret.
    func hmac(_ message: String, key: ByteString) -> ByteString {
        let padded = key.array + [UInt8](repeating: 0, count: 64 - key.count)
        let inner = Digest.sha256(ByteString(padded.map { $0 ^ 0x36 } + Array(message.utf8)))
        return Digest.sha256(ByteString(padded.map { $0 ^ 0x5c } + inner.array))
    }
}
