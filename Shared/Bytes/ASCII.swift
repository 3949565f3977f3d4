/// The letters HTTP is made of (RFC 9110 §5.6.2), as questions about one byte.
package enum ASCII {
    package static let space = UInt8(ascii: " ")
    package static let tab = UInt8(ascii: "\t")
    package static let carriageReturn = UInt8(ascii: "\r")
    package static let lineFeed = UInt8(ascii: "\n")
    package static let colon = UInt8(ascii: ":")

    @inlinable package static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    @inlinable package static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

    @inlinable package static func lowercased(_ byte: UInt8) -> UInt8 {
        byte &- 0x41 < 26 ? byte | 0x20 : byte
    }

    /// The value of a hexadecimal digit, or nil.
    @inlinable package static func hexValue(_ byte: UInt8) -> UInt8? {
        if isDigit(byte) { return byte &- 0x30 }
        let letter = (byte | 0x20) &- 0x61
        return letter < 6 ? letter + 10 : nil
    }

    /// The lower-case hexadecimal digit for a value below sixteen.
    @inlinable package static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? 0x30 + value : 0x57 + value
    }

    /// Whether `byte` may stand in a token: a method or a field name (RFC 9110 §5.6.2).
    @inlinable package static func isToken(_ byte: UInt8) -> Bool {
        let bit = UInt64(1) << UInt64(byte & 63)
        if byte < 64 { return tokenLow & bit != 0 }
        return byte < 128 && tokenHigh & bit != 0
    }

    /// Compares without regard to ASCII case; `lowercase` must already be in lower case.
    @inlinable package static func equals(
        _ bytes: UnsafeRawBufferPointer, lowercase: StaticString
    ) -> Bool {
        guard bytes.count == lowercase.utf8CodeUnitCount else { return false }
        let other = unsafe lowercase.utf8Start
        for index in 0..<bytes.count where unsafe lowercased(bytes[index]) != other[index] {
            return false
        }
        return true
    }

    /// Bits of the token characters below 64: ! # $ % & ' * + - . and the digits.
    @usableFromInline static let tokenLow: UInt64 = bits("!#$%&'*+-.0123456789")
    /// Bits of the token characters from 64 on: letters, ^ _ ` | ~.
    @usableFromInline static let tokenHigh: UInt64 =
        bits("ABCDEFGHIJKLMNOPQRSTUVWXYZ^_`abcdefghijklmnopqrstuvwxyz|~")

    private static func bits(_ characters: String) -> UInt64 {
        characters.utf8.reduce(0) { $0 | UInt64(1) << UInt64($1 & 63) }
    }
}
