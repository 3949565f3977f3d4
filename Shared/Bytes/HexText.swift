/// Lower-case hexadecimal digits of fixed number, eight at a time and without a branch.
@usableFromInline
package enum HexText {
    /// The eight digits of `value`, as a word whose bytes in memory order read from the first.
    @inlinable package static func digits(_ value: UInt32) -> UInt64 {
        // One half-byte for each byte: spread by halves.
        var spread = UInt64(value)
        spread = (spread | spread << 16) & 0x0000_ffff_0000_ffff
        spread = (spread | spread << 8) & 0x00ff_00ff_00ff_00ff
        spread = (spread | spread << 4) & 0x0f0f_0f0f_0f0f_0f0f
        let isLetter = ((spread &+ 0x0606_0606_0606_0606) >> 4) & 0x0101_0101_0101_0101
        // "a" lies 0x27 beyond where the digit ten would be.
        return (spread &+ 0x3030_3030_3030_3030 &+ isLetter &* 0x27).bigEndian
    }
}

extension ByteBuffer {
    /// The eight digits of `value`, zeros in front included.
    @inlinable package mutating func append(hex value: UInt32) {
        reserve(8)
        unsafe storage.unsafelyUnwrapped.base.storeBytes(
            of: HexText.digits(value), toByteOffset: end, as: UInt64.self)
        end += 8
    }

    /// The sixteen digits of `value`, zeros in front included.
    @inlinable package mutating func append(hex value: UInt64) {
        append(hex: UInt32(truncatingIfNeeded: value >> 32))
        append(hex: UInt32(truncatingIfNeeded: value))
    }
}
