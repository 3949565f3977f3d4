import Bytes
import CCrypto

/// Random bytes that nobody can foretell, from OpenSSL's generator.
enum RandomBytes {
    /// `count` of them, for values that others get to see or that are compared.
    static func make(_ count: Int) throws(CryptoFault) -> ByteString {
        try unsafe fill(count) { unsafe RAND_bytes($0, $1) }
    }

    /// `count` of them, from the generator that OpenSSL keeps apart for keys.
    static func makePrivate(_ count: Int) throws(CryptoFault) -> ByteString {
        try unsafe fill(count) { unsafe RAND_priv_bytes($0, $1) }
    }

    private static func fill(
        _ count: Int, _ generate: (UnsafeMutablePointer<UInt8>, Int32) -> Int32
    ) throws(CryptoFault) -> ByteString {
        var bytes = [UInt8](repeating: 0, count: count)
        guard unsafe generate(&bytes, Int32(count)) == 1 else { throw .noRandomness }
        return ByteString(bytes)
    }
}
