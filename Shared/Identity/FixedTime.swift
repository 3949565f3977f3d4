package import Bytes
import CCrypto

/// Comparison of secrets.
package enum FixedTime {
    /// Whether both are the same bytes. The time taken depends on their number only.
    package static func equal(_ one: ByteString, _ other: ByteString) -> Bool {
        guard one.count == other.count else { return false }
        return unsafe one.withBytes { a in
            unsafe other.withBytes { b in
                unsafe a.isEmpty || CRYPTO_memcmp(a.baseAddress, b.baseAddress, a.count) == 0
            }
        }
    }
}
