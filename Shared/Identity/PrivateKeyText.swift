import Bytes
import JSON

/// A private key as its file has it: one line, a private JWK (RFC 8037 §2) with the moment from
/// which it signs as `nbf`.
enum PrivateKeyText {
    /// The line, with its end.
    static func write(_ key: SigningKey) -> ByteString {
        var writer = JSONWriter()
        writer.beginObject()
        writer.member("kty", "OKP")
        writer.member("crv", "Ed25519")
        writer.member("kid", key.keyID)
        writer.member("nbf", key.signsFromSeconds)
        writer.member("x", Base64URL.encode(key.verifyingKey.bytes))
        writer.member("d", Base64URL.encode(key.seed))
        writer.endObject()
        writer.endLine()
        return writer.finish()
    }

    /// The key; nil if a member is missing or one does not belong to the others, as after damage.
    static func read(_ bytes: ByteString) -> SigningKey? {
        guard bytes.count <= IdentityLimits.keyFileBytesMax,
            let value = try? JSONValue.parse(bytes), value["kty"] == .string("OKP"),
            value["crv"] == .string("Ed25519"), case .string(let keyID) = value["kid"],
            case .integer(let signsFrom) = value["nbf"], case .string(let x) = value["x"],
            case .string(let d) = value["d"], let seed = Base64URL.decode(d),
            seed.count == EdwardsKey.seedBytes, TokenClaims.seconds.contains(signsFrom),
            let key = try? SigningKey(seed: seed, signsFromSeconds: signsFrom)
        else { return nil }
        return key.keyID == keyID && Base64URL.encode(key.verifyingKey.bytes) == x ? key : nil
    }
}
