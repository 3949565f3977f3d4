package import Bytes

/// The `X-Amzn-Trace-Id` field as an ALB passes it on: a root where there was none, else this hop's
/// `Self`.
package enum AmznTrace {
    /// This hop's identifier: the time and 96 random bits.
    package struct Identifier: Sendable {
        package let seconds: UInt32
        package let high: UInt32
        package let low: UInt64

        package init(seconds: UInt32, high: UInt32, low: UInt64) {
            self.seconds = seconds
            self.high = high
            self.low = low
        }
    }

    /// The bytes that a value grows by at most.
    package static let bytesAdded = 48

    /// Appends the value for the next hop. `incoming` is the client's value, or nil.
    package static func write(
        _ incoming: UnsafeRawBufferPointer?, _ identifier: Identifier,
        into buffer: inout ByteBuffer
    ) {
        let count = unsafe incoming?.count ?? 0
        HeadCursor.append(to: &buffer, bytesMax: count + bytesAdded) {
            unsafe write(incoming, identifier, into: &$0)
        }
    }

    static func write(
        _ incoming: UnsafeRawBufferPointer?, _ identifier: Identifier,
        into cursor: inout HeadCursor
    ) {
        guard let incoming = unsafe incoming, incoming.count > 0,
            incoming.count <= GatewayLimits.amznTraceBytesMax
        else { return write("Root=", identifier, into: &cursor) }
        if let own = unsafe range(of: "Self=", in: incoming) {
            unsafe cursor.bytes(UnsafeRawBufferPointer(rebasing: incoming[..<own.lowerBound]))
            write("Self=", identifier, into: &cursor)
            return unsafe cursor.bytes(
                UnsafeRawBufferPointer(rebasing: incoming[own.upperBound...]))
        }
        let hasRoot = unsafe range(of: "Root=", in: incoming) != nil
        write(hasRoot ? "Self=" : "Root=", identifier, into: &cursor)
        cursor.byte(UInt8(ascii: ";"))
        unsafe cursor.bytes(incoming)
    }

    private static func write(
        _ key: StaticString, _ identifier: Identifier, into cursor: inout HeadCursor
    ) {
        cursor.text(key)
        cursor.text("1-")
        cursor.hex(HexText.digits(identifier.seconds))
        cursor.byte(UInt8(ascii: "-"))
        cursor.hex(HexText.digits(identifier.high))
        cursor.hex(number: identifier.low)
    }

    /// The first field that begins with `key`, up to the next semicolon.
    private static func range(
        of key: StaticString, in text: UnsafeRawBufferPointer
    ) -> Range<Int>? {
        var start = 0
        while start < text.count {
            let end = unsafe text[start...].firstIndex(of: UInt8(ascii: ";")) ?? text.count
            if unsafe begins(text, at: start, end, key) { return start..<end }
            start = end + 1
        }
        return nil
    }

    private static func begins(
        _ text: UnsafeRawBufferPointer, at start: Int, _ end: Int, _ key: StaticString
    ) -> Bool {
        let count = key.utf8CodeUnitCount
        guard end - start >= count else { return false }
        for index in 0..<count where unsafe text[start + index] != key.utf8Start[index] {
            return false
        }
        return true
    }
}
