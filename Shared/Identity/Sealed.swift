package import Bytes
import CCrypto

/// Bytes that only the holder of a secret can read, and only for the purpose they were sealed for
/// (AES-256-GCM, NIST SP 800-38D): small answers that lie in a store and have tokens in them.
///
/// Each is sealed under a key and a nonce of its own, which HKDF makes of the secret, a random salt
/// and the purpose: no key is used twice, so there is no count to keep.
package struct Sealed: Equatable, Sendable {
    /// What is stored: a version, the salt, the sealed bytes, a tag; 49 bytes more than before.
    package let bytes: ByteString

    private static let version: UInt8 = 1
    private static let saltBytes = 32
    private static let keyBytes = 32
    private static let nonceBytes = 12
    static let tagBytes = 16
    private static let overheadBytes = 1 + saltBytes + tagBytes
    /// Keeps these keys apart from others that the same secret may give one day.
    private static let label = "forum sealed 1\n"

    /// Seals `content`, at most 1 MiB, under `secret` for `purpose`, which has to be presented
    /// again: an idempotency key, say.
    package init(
        _ content: ByteString, under secret: Secret, for purpose: ByteString
    ) throws(CryptoFault) {
        precondition(content.count <= IdentityLimits.sealedBytesMax, "what is sealed is small")
        let salt = try RandomBytes.make(Sealed.saltBytes)
        let cipher = try Sealed.cipher(secret, salt, purpose)
        var sealed = ByteBuffer(capacity: content.count + Sealed.overheadBytes)
        sealed.append(Sealed.version)
        sealed.append(salt)
        sealed.append(try cipher.encrypt(content))
        bytes = sealed.freeze()
    }

    /// What was stored; nil when it cannot have been sealed here.
    package init?(stored bytes: ByteString) {
        guard bytes.count >= Sealed.overheadBytes,
            bytes.count <= IdentityLimits.sealedBytesMax + Sealed.overheadBytes,
            bytes.slice(from: 0, count: 1) == ByteString([Sealed.version])
        else { return nil }
        self.bytes = bytes
    }

    /// The content; nil for another secret, another purpose, and when one bit is not as it was.
    package func opened(
        with secret: Secret, for purpose: ByteString
    ) throws(CryptoFault) -> ByteString? {
        let salt = bytes.slice(from: 1, count: Sealed.saltBytes)
        let start = 1 + Sealed.saltBytes
        let cipher = try Sealed.cipher(secret, salt, purpose)
        return try cipher.decrypt(bytes.slice(from: start, count: bytes.count - start))
    }

    private static func cipher(
        _ secret: Secret, _ salt: ByteString, _ purpose: ByteString
    ) throws(CryptoFault) -> GaloisCipher {
        var info = ByteBuffer(capacity: label.utf8.count + purpose.count)
        info.append(label)
        info.append(purpose)
        let derived = try KeyDerivation.derive(
            keyBytes + nonceBytes, from: secret.bytes, salt: salt, info: info.freeze())
        return GaloisCipher(
            key: derived.slice(from: 0, count: keyBytes),
            nonce: derived.slice(from: keyBytes, count: nonceBytes))
    }
}
