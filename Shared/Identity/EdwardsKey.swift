import Bytes
import CCrypto

/// An Ed25519 key inside OpenSSL (RFC 8032): the public half, and the private one if it has that.
///
/// Unchecked: OpenSSL never changes a key that is made, counts its own references under a lock and
/// lets any number of threads use it at once.
@safe final class EdwardsKey: @unchecked Sendable {
    static let seedBytes = 32
    static let publicBytes = 32
    static let signatureBytes = 64

    private let key: OpaquePointer

    /// A private key from its seed.
    init(seed: ByteString) throws(CryptoFault) {
        precondition(seed.count == EdwardsKey.seedBytes, "an Ed25519 seed has 32 bytes")
        let made = unsafe seed.withBytes { seed in
            unsafe EVP_PKEY_new_raw_private_key(
                EVP_PKEY_ED25519, nil, seed.baseAddress?.assumingMemoryBound(to: UInt8.self),
                seed.count)
        }
        guard let made = unsafe made else { throw .failed("making a key") }
        unsafe key = made
    }

    /// A public key from its 32 bytes; nil for another number of them.
    init?(publicKey: ByteString) {
        guard publicKey.count == EdwardsKey.publicBytes else { return nil }
        let made = unsafe publicKey.withBytes { bytes in
            unsafe EVP_PKEY_new_raw_public_key(
                EVP_PKEY_ED25519, nil, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self),
                bytes.count)
        }
        guard let made = unsafe made else { return nil }
        unsafe key = made
    }

    deinit { unsafe EVP_PKEY_free(key) }

    /// The public half.
    func publicKey() throws(CryptoFault) -> ByteString {
        var bytes = [UInt8](repeating: 0, count: EdwardsKey.publicBytes)
        var count = bytes.count
        guard unsafe EVP_PKEY_get_raw_public_key(key, &bytes, &count) == 1, count == bytes.count
        else { throw .failed("reading a public key") }
        return ByteString(bytes)
    }

    /// The signature of `message`: always the same for the same bytes.
    func sign(_ message: ByteString) throws(CryptoFault) -> ByteString {
        guard let context = unsafe EVP_MD_CTX_new() else { throw .failed("signing") }
        defer { unsafe EVP_MD_CTX_free(context) }
        var signature = [UInt8](repeating: 0, count: EdwardsKey.signatureBytes)
        var count = signature.count
        let code = unsafe message.withBytes { message in
            unsafe EVP_DigestSignInit(context, nil, nil, nil, key) == 1
                ? EVP_DigestSign(
                    context, &signature, &count,
                    message.baseAddress?.assumingMemoryBound(to: UInt8.self), message.count)
                : 0
        }
        guard code == 1, count == signature.count else { throw .failed("signing") }
        return ByteString(signature)
    }

    /// Whether this key made `signature` for exactly `message`. What cannot be a signature is
    /// none.
    func verifies(_ signature: ByteString, of message: ByteString) -> Bool {
        guard signature.count == EdwardsKey.signatureBytes, let context = unsafe EVP_MD_CTX_new()
        else { return false }
        defer { unsafe EVP_MD_CTX_free(context) }
        let code = unsafe message.withBytes { message in
            unsafe signature.withBytes { signature in
                unsafe EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1
                    ? EVP_DigestVerify(
                        context, signature.baseAddress?.assumingMemoryBound(to: UInt8.self),
                        signature.count,
                        message.baseAddress?.assumingMemoryBound(to: UInt8.self), message.count)
                    : 0
            }
        }
        // A refusal leaves a note in the thread's error queue, which nobody reads.
        if code != 1 { ERR_clear_error() }
        return code == 1
    }
}
