import Bytes

/// Searches eight bytes at a time, which is what makes long values cheap.
///
/// Each search looks at whole words while they fit and at single bytes for the rest, so that it
/// never reads outside the bytes it was given.
enum ByteScan {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let tops: UInt64 = 0x8080_8080_8080_8080

    /// Where the first line feed at or after `start` is, nil if there is none.
    @inline(__always)
    static func lineFeed(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        var index = start
        while index &+ 8 <= bytes.count {
            let found = unsafe zeroBytes(word(bytes, index) ^ (ones &* UInt64(ASCII.lineFeed)))
            if found != 0 { return index &+ found.trailingZeroBitCount >> 3 }
            index &+= 8
        }
        while index < bytes.count {
            if unsafe bytes[index] == ASCII.lineFeed { return index }
            index &+= 1
        }
        return nil
    }

    /// Where the line that holds the byte before `end` starts: after the last line feed before
    /// `end`, at least `start`.
    static func lineStart(_ bytes: UnsafeRawBufferPointer, from start: Int, before end: Int) -> Int
    {
        var index = end
        while index &- 8 >= start {
            let feeds = unsafe word(bytes, index &- 8) ^ (ones &* UInt64(ASCII.lineFeed))
            if zeroBytes(feeds) != 0 { break }
            index &-= 8
        }
        while index > start {
            if unsafe bytes[index &- 1] == ASCII.lineFeed { return index }
            index &-= 1
        }
        return start
    }

    /// Where the first control character (below 32, or 127) at or after `start` is; the count if
    /// there is none.
    @inline(__always)
    static func control(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var index = start
        while index &+ 8 <= bytes.count {
            let eight = unsafe word(bytes, index)
            let low = (eight &- ones &* 0x20) & ~eight & tops
            let found = low | zeroBytes(eight ^ (ones &* 0x7f))
            if found != 0 { return index &+ found.trailingZeroBitCount >> 3 }
            index &+= 8
        }
        while index < bytes.count {
            let byte = unsafe bytes[index]
            if byte < 0x20 || byte == 0x7f { return index }
            index &+= 1
        }
        return index
    }

    /// Where the first byte at or after `start` is that is neither a letter nor `-`, which is what
    /// nearly all field names are made of. It may stop early, near the end of the bytes.
    @inline(__always)
    static func afterLetters(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var index = start
        while index &+ 8 <= bytes.count {
            let eight = unsafe word(bytes, index)
            let small = (eight | ones &* 0x20) & ~tops
            let isLetter = (small &+ ones &* 0x1f) & ~(small &+ ones &* 0x05) & ~eight
            let dash = eight ^ (ones &* 0x2d)
            let isDash = ~(((dash & ~tops) &+ ~tops) | dash)
            let found = ~(isLetter | isDash) & tops
            if found != 0 { return index &+ found.trailingZeroBitCount >> 3 }
            index &+= 8
        }
        return index
    }

    /// Eight bytes with the first in the lowest place.
    @inline(__always)
    static func word(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
        UInt64(littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// The top bit of each byte that is zero; exact for the lowest one, which is the one asked for.
    @inline(__always)
    private static func zeroBytes(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & tops }
}
