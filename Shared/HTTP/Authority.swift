import Bytes

/// A host with an optional port, as in a Host field (RFC 9110 §7.2). Names take letters, digits,
/// `-`, `.`, `_` and `~`: percent-encoding, commas and user names are refused, since no host that
/// can be reached has them.
enum Authority {
    /// Where the run of bytes that can stand in an authority ends.
    static func end(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var index = start
        while index < bytes.count, unsafe !isEnd(bytes[index]) { index += 1 }
        return index
    }

    private static func isEnd(_ byte: UInt8) -> Bool {
        byte <= ASCII.space || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?")
            || byte == UInt8(ascii: "#")
    }

    static func isValid(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count > 0 else { return false }
        let isBracketed = unsafe bytes[0] == UInt8(ascii: "[")
        var index = isBracketed ? 1 : 0
        while index < bytes.count,
            unsafe isBracketed ? isAddress(bytes[index]) : isName(bytes[index])
        { index &+= 1 }
        if isBracketed {
            guard index > 2, index < bytes.count, unsafe bytes[index] == UInt8(ascii: "]") else {
                return false
            }
            index += 1
        } else if index == 0 {
            return false
        }
        return index == bytes.count || (unsafe isPort(bytes, from: index))
    }

    @inline(__always)
    private static func isName(_ byte: UInt8) -> Bool {
        if ASCII.isLetter(byte) || ASCII.isDigit(byte) { return true }
        return byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "~")
    }

    private static func isAddress(_ byte: UInt8) -> Bool {
        ASCII.hexValue(byte) != nil || byte == ASCII.colon || byte == UInt8(ascii: ".")
    }

    /// A colon and a port below 65536; the digits may be missing (RFC 3986 §3.2.3).
    private static func isPort(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Bool {
        guard unsafe bytes[start] == ASCII.colon else { return false }
        if start + 1 == bytes.count { return true }
        let digits = unsafe UnsafeRawBufferPointer(rebasing: bytes[(start + 1)...])
        guard digits.count <= 5, let port = unsafe DecimalText.parse(digits) else { return false }
        return port <= Int64(UInt16.max)
    }
}
