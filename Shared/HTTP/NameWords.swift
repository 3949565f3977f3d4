/// The bytes of a short name in three words, so that two names are compared by a few numbers.
///
/// Long names fill the first word from their front and the last from their end, which overlap where
/// they must.
struct NameWords: Equatable, Sendable {
    /// The longest name that fits.
    static let bytesMax = 24

    private var count = 0
    private var first: UInt64 = 0
    private var middle: UInt64 = 0
    private var last: UInt64 = 0

    init() {}

    /// `name` holds 1 to `bytesMax` bytes.
    @inline(__always)
    init(_ name: UnsafeRawBufferPointer) {
        count = name.count
        if count >= 8 {
            first = unsafe ByteScan.word(name, 0)
            last = unsafe ByteScan.word(name, count &- 8)
            if count > 16 { middle = unsafe ByteScan.word(name, 8) }
        } else {
            for index in 0..<count { first |= UInt64(unsafe name[index]) &<< UInt64(index &* 8) }
        }
    }

    /// The same with capital letters as small ones; a few other bytes change as well.
    @inline(__always)
    var folded: NameWords {
        var words = self
        words.first |= 0x2020_2020_2020_2020
        words.middle |= 0x2020_2020_2020_2020
        words.last |= 0x2020_2020_2020_2020
        return words
    }

    /// Whether every bit of `bits` is set.
    @inline(__always)
    func has(_ bits: NameWords) -> Bool {
        first & bits.first == bits.first && middle & bits.middle == bits.middle
            && last & bits.last == bits.last
    }

    /// One number for all, to be multiplied.
    @inline(__always)
    var mix: UInt64 {
        first ^ (last << 23 | last >> 41) ^ (middle << 7 | middle >> 57) ^ UInt64(count)
    }
}
