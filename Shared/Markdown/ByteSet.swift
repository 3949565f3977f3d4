/// A set of ASCII characters, asked about a byte at a time.
struct ByteSet {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    /// The characters of `text`.
    init(_ text: StaticString) {
        text.withUTF8Buffer { bytes in unsafe bytes.forEach { insert($0) } }
    }

    /// ASCII letters, digits, and the characters of `signs`.
    init(alphanumericAnd signs: StaticString) {
        self.init(signs)
        for byte in UInt8(0)..<128 where CharacterClass.isAlphanumeric(byte) { insert(byte) }
    }

    func contains(_ byte: UInt8) -> Bool {
        let bit = UInt64(1) << UInt64(byte & 63)
        if byte < 64 { return low & bit != 0 }
        return byte < 128 && high & bit != 0
    }

    private mutating func insert(_ byte: UInt8) {
        precondition(byte < 128, "a set holds ASCII only")
        let bit = UInt64(1) << UInt64(byte & 63)
        if byte < 64 { low |= bit } else { high |= bit }
    }
}
