package import Bytes
package import JSON

/// The public keys of an issuer: a JWK Set (RFC 7517, RFC 8037). At most sixteen, each name once.
package struct KeySet: Equatable, Sendable {
    package let keys: [VerifyingKey]

    /// Names must differ.
    package init(_ keys: [VerifyingKey]) {
        precondition(keys.count <= IdentityLimits.keysMax, "a set is small")
        precondition(Set(keys.map(\.keyID)).count == keys.count, "a name is that of one key")
        self.keys = keys
    }

    /// No key: verifies nothing.
    package static let empty = KeySet([])

    /// The key called `keyID`, byte for byte.
    package subscript(keyID: String) -> VerifyingKey? {
        keys.first { $0.keyID.utf8.elementsEqual(keyID.utf8) }
    }

    /// Whether every key of this set is one of `other` too, so that whatever was verified with it
    /// still would be.
    package func isContained(in other: KeySet) -> Bool {
        keys.allSatisfy { other[$0.keyID] == $0 }
    }

    /// The set as it is published.
    package var json: ByteString {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("keys")
        writer.beginArray()
        for key in keys {
            writer.beginObject()
            writer.member("kty", "OKP")
            writer.member("crv", "Ed25519")
            writer.member("x", Base64URL.encode(key.bytes))
            writer.member("kid", key.keyID)
            writer.member("use", "sig")
            writer.member("alg", SignatureAlgorithm.edDSA.rawValue)
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return writer.finish()
    }

    /// The set that `bytes` spell. Keys that cannot be used here are left out, as RFC 7517 §5 asks:
    /// other kinds, other uses, bytes of another number, and a private key that somebody published.
    package static func parse(_ bytes: ByteString) throws(KeySetFault) -> KeySet {
        guard bytes.count <= IdentityLimits.keySetBytesMax else { throw .tooLong }
        let document: JSONValue
        do throws(JSONError) {
            document = try JSONValue.parse(bytes)
        } catch {
            throw .notJSON(error)
        }
        guard case .array(let elements) = document["keys"] else { throw .notAKeySet }
        guard elements.count <= IdentityLimits.keysMax else { throw .tooManyKeys }
        var keys: [VerifyingKey] = []
        for element in elements {
            guard case .object = element else { throw .notAKeySet }
            guard let key = PublicKey.read(element) else { continue }
            guard !keys.contains(where: { $0.keyID == key.keyID }) else {
                throw .repeatedKey(key.keyID)
            }
            keys.append(key)
        }
        return KeySet(keys)
    }
}

/// Why bytes are not a set of keys.
package enum KeySetFault: Error, Equatable, Sendable, CustomStringConvertible {
    case tooLong
    case notJSON(JSONError)
    case notAKeySet
    case tooManyKeys
    /// Two keys of one name: which is meant cannot be known.
    case repeatedKey(String)
    /// A set, but with no key that this program can verify with.
    case noUsableKey

    /// One line: what, and what is expected.
    package var description: String {
        switch self {
        case .tooLong: "a key set has at most \(IdentityLimits.keySetBytesMax) bytes"
        case .notJSON(let error): "the key set is not JSON: \(error)"
        case .notAKeySet: "this is not a key set: an object with an array of keys is expected"
        case .tooManyKeys: "a key set has at most \(IdentityLimits.keysMax) keys"
        case .repeatedKey(let keyID): "the key set has two keys called \(keyID)"
        case .noUsableKey: "the key set has no Ed25519 key for signatures"
        }
    }
}
