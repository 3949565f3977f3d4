import Bytes
import CCrypto

/// AES-256-GCM with one key and one nonce: for one message, because a second one under the same two
/// would betray both.
struct GaloisCipher {
    /// 32 bytes.
    let key: ByteString
    /// 12 bytes.
    let nonce: ByteString

    /// As in `Digest`: looked up once, never changed, never released.
    nonisolated(unsafe) private static let algorithm = unsafe EVP_CIPHER_fetch(
        nil, "AES-256-GCM", nil)

    /// The encrypted bytes, as many as there were, and the tag behind them.
    func encrypt(_ content: ByteString) throws(CryptoFault) -> ByteString {
        guard let context = unsafe EVP_CIPHER_CTX_new() else { throw .failed("sealing") }
        defer { unsafe EVP_CIPHER_CTX_free(context) }
        var output = [UInt8](repeating: 0, count: content.count + Sealed.tagBytes)
        let isDone = unsafe output.withUnsafeMutableBufferPointer { output in
            unsafe begin(context, encrypts: true) && update(context, content, into: output)
                && finish(context, at: output.baseAddress.map { unsafe $0 + content.count })
                && EVP_CIPHER_CTX_ctrl(
                    context, EVP_CTRL_AEAD_GET_TAG, Int32(Sealed.tagBytes),
                    output.baseAddress.map { unsafe $0 + content.count }) == 1
        }
        guard isDone else { throw .failed("sealing") }
        return ByteString(output)
    }

    /// The content; nil when the tag does not belong to it.
    func decrypt(_ sealed: ByteString) throws(CryptoFault) -> ByteString? {
        guard let context = unsafe EVP_CIPHER_CTX_new() else { throw .failed("unsealing") }
        defer { unsafe EVP_CIPHER_CTX_free(context) }
        let count = sealed.count - Sealed.tagBytes
        let content = sealed.slice(from: 0, count: count)
        var tag = sealed.slice(from: count, count: Sealed.tagBytes).array
        var output = [UInt8](repeating: 0, count: count + Sealed.tagBytes)
        let isReady = unsafe output.withUnsafeMutableBufferPointer { output in
            unsafe begin(context, encrypts: false) && update(context, content, into: output)
                && EVP_CIPHER_CTX_ctrl(
                    context, EVP_CTRL_AEAD_SET_TAG, Int32(Sealed.tagBytes), &tag) == 1
        }
        guard isReady else { throw .failed("unsealing") }
        let isAuthentic = unsafe output.withUnsafeMutableBufferPointer { output in
            unsafe finish(context, at: output.baseAddress.map { unsafe $0 + count })
        }
        guard isAuthentic else {
            ERR_clear_error()
            return nil
        }
        return ByteString(Array(output.prefix(count)))
    }

    private func begin(_ context: OpaquePointer, encrypts: Bool) -> Bool {
        unsafe key.withBytes { key in
            unsafe nonce.withBytes { nonce in
                unsafe EVP_CipherInit_ex2(
                    context, GaloisCipher.algorithm,
                    key.baseAddress?.assumingMemoryBound(to: UInt8.self),
                    nonce.baseAddress?.assumingMemoryBound(to: UInt8.self), encrypts ? 1 : 0, nil)
                    == 1
            }
        }
    }

    private func update(
        _ context: OpaquePointer, _ input: ByteString,
        into output: UnsafeMutableBufferPointer<UInt8>
    ) -> Bool {
        if input.isEmpty { return true }
        var count: Int32 = 0
        let code = unsafe input.withBytes { input in
            unsafe EVP_CipherUpdate(
                context, output.baseAddress, &count,
                input.baseAddress?.assumingMemoryBound(to: UInt8.self), Int32(input.count))
        }
        return code == 1 && Int(count) == input.count
    }

    /// Nothing is left to be written by this mode; when decrypting, here the tag is compared.
    private func finish(_ context: OpaquePointer, at end: UnsafeMutablePointer<UInt8>?) -> Bool {
        var count: Int32 = 0
        return unsafe EVP_CipherFinal_ex(context, end, &count) == 1
    }
}
