import Bytes
import JSON

/// The header of an access token (RFC 7515 §4): its algorithm, its type, the name of its key, and
/// nothing else.
///
/// An issuer of our own needs no other member, and most of the known attacks do: a key brought
/// along (`jwk`, `x5c`), a place to fetch one from (`jku`, `x5u`), rules of its own (`crit`, `b64`,
/// `zip`). What is not on the list of three is refused by name.
struct TokenHeader {
    let keyID: String

    /// The two spellings of RFC 9068 §2.1.
    private static let types = ["at+jwt", "application/at+jwt"]

    /// A foreign name is repeated up to this many characters.
    private static let repeatedCharactersMax = 32

    /// The header in `bytes`.
    init(parsing bytes: ByteString) throws(TokenFault) {
        guard let value = try? JSONValue.parse(bytes), case .object(let object) = value else {
            throw .malformed
        }
        for member in object.members where !["alg", "typ", "kid"].contains(member.name) {
            throw .header(TokenHeader.printable(member.name))
        }
        guard case .string(let algorithm) = value["alg"] else { throw .algorithm("nothing") }
        guard SignatureAlgorithm(rawValue: algorithm) != nil else {
            throw .algorithm(TokenHeader.printable(algorithm))
        }
        guard case .string(let type) = value["typ"], TokenHeader.types.contains(type) else {
            throw .type
        }
        guard case .string(let keyID) = value["kid"] else { throw .unknownKey("without a name") }
        guard KeyID.isValid(keyID) else { throw .unknownKey(TokenHeader.printable(keyID)) }
        self.keyID = keyID
    }

    /// The header as a token has it.
    static func write(_ algorithm: SignatureAlgorithm, keyID: String) -> ByteString {
        var writer = JSONWriter(capacity: 64)
        writer.beginObject()
        writer.member("alg", algorithm.rawValue)
        writer.member("typ", types[0])
        writer.member("kid", keyID)
        writer.endObject()
        return writer.finish()
    }

    private static func printable(_ text: String) -> String {
        let ascii = text.unicodeScalars.prefix(repeatedCharactersMax).map {
            (0x21...0x7e).contains($0.value) ? Character($0) : "?"
        }
        return String(ascii)
    }
}
