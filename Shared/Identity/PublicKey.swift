import Bytes
import JSON

/// A public key among others in a set (RFC 8037 §2).
enum PublicKey {
    /// The key that `value` describes; nil if it cannot be used to verify tokens.
    static func read(_ value: JSONValue) -> VerifyingKey? {
        guard value["kty"] == .string("OKP"), value["crv"] == .string("Ed25519"),
            value["d"] == nil, isForSignatures(value), case .string(let keyID) = value["kid"],
            case .string(let x) = value["x"], let bytes = Base64URL.decode(x)
        else { return nil }
        return VerifyingKey(keyID: keyID, bytes: bytes)
    }

    /// `use` and `alg` may be missing; what they say must fit.
    private static func isForSignatures(_ value: JSONValue) -> Bool {
        let use = value["use"] ?? .string("sig")
        let algorithm = value["alg"] ?? .string("EdDSA")
        return use == .string("sig")
            && SignatureAlgorithm.allCases.contains { algorithm == .string($0.rawValue) }
    }
}
