package import Bytes

/// The public half of a key, with its name: tells what its owner signed. Equal when name and bytes
/// are.
package struct VerifyingKey: Equatable, Sendable {
    /// The `kid`: at most 64 letters, digits, `-`, `_` and `.`.
    package let keyID: String
    /// The 32 bytes of an Ed25519 public key (RFC 8032).
    package let bytes: ByteString
    private let key: EdwardsKey

    /// Nil for a name that none can have and for anything but 32 bytes.
    package init?(keyID: String, bytes: ByteString) {
        guard KeyID.isValid(keyID), let key = EdwardsKey(publicKey: bytes) else { return nil }
        self.keyID = keyID
        self.bytes = bytes
        self.key = key
    }

    /// Whether the owner of the private half signed exactly `message`. A tenth of a millisecond.
    package func verifies(_ signature: ByteString, of message: ByteString) -> Bool {
        key.verifies(signature, of: message)
    }

    package static func == (left: VerifyingKey, right: VerifyingKey) -> Bool {
        left.keyID == right.keyID && left.bytes == right.bytes
    }
}
