package import Bytes
import CCrypto

/// HKDF with SHA-256 (RFC 5869): keys for many purposes out of one secret.
package enum KeyDerivation {
    /// `count` bytes that only `secret` gives, others for each salt and each `info`.
    package static func derive(
        _ count: Int, from secret: ByteString, salt: ByteString, info: ByteString
    ) throws(CryptoFault) -> ByteString {
        guard let context = unsafe EVP_KDF_CTX_new(algorithm) else { throw .failed("HKDF") }
        defer { unsafe EVP_KDF_CTX_free(context) }
        var derived = [UInt8](repeating: 0, count: count)
        let code = unsafe secret.withBytes { secret in
            unsafe salt.withBytes { salt in
                unsafe info.withBytes { info in
                    unsafe forum_hkdf_sha256(
                        context, secret.baseAddress, secret.count, salt.baseAddress, salt.count,
                        info.baseAddress, info.count, &derived, derived.count)
                }
            }
        }
        guard code == 1 else { throw .failed("HKDF") }
        return ByteString(derived)
    }

    /// As in `Digest`: looked up once, never changed, never released.
    nonisolated(unsafe) private static let algorithm = unsafe EVP_KDF_fetch(nil, "HKDF", nil)
}
