import Bytes

extension JSONScanner {
    /// Checks and passes the escape at the position.
    mutating func checkEscape() throws(JSONError) {
        let start = position
        position += 1
        guard let letter = current else { throw JSONError(.unexpectedEnd, at: position) }
        position += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
            UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return
        case UInt8(ascii: "u"):
            let unit = try takeHex()
            if unit & 0xfc00 == 0xd800 { return try checkLowSurrogate(of: start) }
            if unit & 0xfc00 == 0xdc00 { try complain(.loneSurrogate, at: start) }
        default:
            throw JSONError(.invalidEscape, at: start)
        }
    }

    /// The second half of a pair must follow at once; what follows instead is looked at by itself.
    private mutating func checkLowSurrogate(of start: Int) throws(JSONError) {
        let middle = position
        if position + 1 < count, byte(at: position) == UInt8(ascii: "\\"),
            byte(at: position + 1) == UInt8(ascii: "u")
        {
            position += 2
            if try takeHex() & 0xfc00 == 0xdc00 { return }
        }
        try complain(.loneSurrogate, at: start)
        position = middle
    }

    private mutating func takeHex() throws(JSONError) -> UInt16 {
        var value: UInt16 = 0
        for _ in 0..<4 {
            guard let byte = current else { throw JSONError(.unexpectedEnd, at: position) }
            guard let digit = ASCII.hexValue(byte) else {
                throw JSONError(.invalidEscape, at: position)
            }
            value = value << 4 | UInt16(digit)
            position += 1
        }
        return value
    }

    /// Checks and passes one scalar of two to four bytes (RFC 3629 §4): no overlong form, no
    /// surrogate, nothing above U+10FFFF.
    mutating func checkScalar() throws(JSONError) {
        let first = byte(at: position)
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xbf
        switch first {
        case 0xc2...0xdf: length = 2
        case 0xe0: length = 3; second = 0xa0...0xbf
        case 0xed: length = 3; second = 0x80...0x9f
        case 0xe1...0xef: length = 3
        case 0xf0: length = 4; second = 0x90...0xbf
        case 0xf4: length = 4; second = 0x80...0x8f
        case 0xf1...0xf3: length = 4
        default: return try passByte()
        }
        guard position + length <= count, second.contains(byte(at: position + 1)) else {
            return try passByte()
        }
        for index in position + 2..<position + max(length, 2)
        where byte(at: index) & 0xc0 != 0x80 {
            return try passByte()
        }
        position += length
    }

    /// Passes a byte that begins no scalar, where that is allowed.
    private mutating func passByte() throws(JSONError) {
        try complain(.invalidUTF8, at: position)
        position += 1
    }
}
