import Bytes

/// A number for some bytes, the same in every process (FNV-1a, 64 bits): finds changes and damage,
/// is no protection against forgery.
package enum ByteHash {
    static let start: UInt64 = 0xcbf2_9ce4_8422_2325
    private static let prime: UInt64 = 0x100_0000_01b3

    /// The hash of what was hashed so far and one byte more.
    @inline(__always)
    static func adding(_ byte: UInt8, to hash: UInt64) -> UInt64 { (hash ^ UInt64(byte)) &* prime }

    /// The hash of what was hashed so far and eight bytes more, taken as one.
    @inline(__always)
    static func adding(word: UInt64, to hash: UInt64) -> UInt64 { (hash ^ word) &* prime }

    /// The hash of the bytes.
    package static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var hash = start
        for index in 0..<bytes.count { hash = unsafe adding(bytes[index], to: hash) }
        return hash
    }

    static func of(_ bytes: ByteString) -> UInt64 { unsafe bytes.withBytes { unsafe of($0) } }
}
