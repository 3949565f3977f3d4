import CCrypto

/// SHA-256 (FIPS 180-4), computed by OpenSSL.
package enum Digest {
    private static let sha256Bytes = 32

    /// The 32 bytes of the hash of `bytes`.
    package static func sha256(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: sha256Bytes)
        var count: UInt32 = 0
        let done = unsafe EVP_Digest(
            bytes.baseAddress, bytes.count, &digest, &count, EVP_sha256(), nil)
        precondition(done == 1 && count == sha256Bytes, "every OpenSSL has SHA-256")
        return digest
    }
}
