package import Bytes
import CCrypto

/// Fingerprints of bytes: what is stored of a random token, entity tags, sameness of requests.
package enum Digest {
    /// Bytes of a SHA-256.
    package static let sha256Bytes = 32

    /// SHA-256 (FIPS 180-4) of bytes in memory.
    package static func sha256(_ bytes: UnsafeRawBufferPointer) -> ByteString {
        var digest = [UInt8](repeating: 0, count: sha256Bytes)
        let code = unsafe EVP_Digest(
            bytes.baseAddress, bytes.count, &digest, nil, algorithm, nil)
        precondition(code == 1, "hashing bytes in memory needs nothing that could be missing")
        return ByteString(digest)
    }

    /// The same for bytes that are kept.
    package static func sha256(_ bytes: ByteString) -> ByteString {
        unsafe bytes.withBytes { unsafe sha256($0) }
    }

    /// Looked up once: OpenSSL 3 searches its providers each time it is asked by name. Never
    /// changed and never released, so any thread may read it.
    nonisolated(unsafe) private static let algorithm = unsafe EVP_MD_fetch(nil, "SHA256", nil)
}
