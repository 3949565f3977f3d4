/// The letters HTTP is made of (RFC 9110 §5.6.2), as questions about one byte.
@usableFromInline
package enum ASCII {
    @inlinable package static var space: UInt8 { UInt8(ascii: " ") }
    @inlinable package static var tab: UInt8 { UInt8(ascii: "\t") }
    @inlinable package static var carriageReturn: UInt8 { UInt8(ascii: "\r") }
    @inlinable package static var lineFeed: UInt8 { UInt8(ascii: "\n") }
    @inlinable package static var colon: UInt8 { UInt8(ascii: ":") }

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
    @inlinable static var tokenLow: UInt64 { 0x03ff_6cfa_0000_0000 }
    /// Bits of the token characters from 64 on: letters, ^ _ ` | ~.
    @inlinable static var tokenHigh: UInt64 { 0x57ff_ffff_c7ff_fffe }
}
