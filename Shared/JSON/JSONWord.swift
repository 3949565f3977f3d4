/// Questions about eight bytes of text at once, the first byte lowest. The high bit of the lowest
/// byte that is meant is exact; bits above it may be false.
enum JSONWord {
    private static var ones: UInt64 { 0x0101_0101_0101_0101 }
    private static var high: UInt64 { 0x8080_8080_8080_8080 }

    /// Bytes that a string must escape: quote, backslash, controls.
    @inline(__always)
    static func escaped(_ word: UInt64) -> UInt64 { candidates(word) & ~word & high }

    /// Bytes that a reader of strings must look at: those, and all that is not ASCII.
    @inline(__always)
    static func special(_ word: UInt64) -> UInt64 { (candidates(word) | word) & high }

    @inline(__always)
    private static func candidates(_ word: UInt64) -> UInt64 {
        let quotes = word ^ (ones &* 0x22)
        let slashes = word ^ (ones &* 0x5c)
        let controls = (word &- (ones &* 0x20)) & ~word
        return ((quotes &- ones) & ~quotes) | ((slashes &- ones) & ~slashes) | controls
    }
}
