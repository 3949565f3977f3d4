import HTTP

/// Numbers as lower-case hexadecimal characters, eight at a time in one word.
enum HexText {
    /// The eight characters of `value`, in the order in which they are stored.
    @inline(__always)
    static func characters(_ value: UInt32) -> UInt64 {
        var spread = UInt64(value)
        spread = (spread & 0xffff_0000) << 16 | spread & 0xffff
        spread = (spread & 0x0000_ff00_0000_ff00) << 8 | spread & 0x0000_00ff_0000_00ff
        spread = (spread & 0x00f0_00f0_00f0_00f0) << 4 | spread & 0x000f_000f_000f_000f
        let isLetter = (spread &+ 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
        return (spread &+ 0x3030_3030_3030_3030 &+ isLetter &* 0x27).bigEndian
    }
}

extension HeadCursor {
    /// The 16 characters of `value`.
    mutating func hex(number value: UInt64) {
        hex(HexText.characters(UInt32(truncatingIfNeeded: value >> 32)))
        hex(HexText.characters(UInt32(truncatingIfNeeded: value)))
    }

    /// The 32 characters of a trace.
    mutating func trace(_ trace: TraceContext) {
        hex(number: trace.high)
        hex(number: trace.low)
    }
}
