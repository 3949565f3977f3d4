package import Bytes

/// The trace a request belongs to (W3C Trace Context, level 1): 16 bytes of trace, 8 of parent.
package struct TraceContext: Equatable, Sendable {
    package let high: UInt64
    package let low: UInt64
    package let parent: UInt64
    package let sampled: Bool

    /// The characters of a version 00 `traceparent`.
    package static let textBytes = 55

    /// A trace from random numbers; zero is not a valid identifier and is avoided.
    @inlinable package init(high: UInt64, low: UInt64, parent: UInt64, sampled: Bool = false) {
        self.high = high
        self.low = low == 0 && high == 0 ? 1 : low
        self.parent = parent == 0 ? 1 : parent
        self.sampled = sampled
    }

    /// The context a `traceparent` value carries; nil if it is malformed or all zero.
    package init?(parsing text: UnsafeRawBufferPointer) {
        guard text.count >= TraceContext.textBytes,
            unsafe text[2] == UInt8(ascii: "-"), unsafe text[35] == UInt8(ascii: "-"),
            unsafe text[52] == UInt8(ascii: "-"),
            let version = unsafe TraceContext.hex(text, 0, 2), version != 0xff,
            version != 0 || text.count == TraceContext.textBytes,
            let high = unsafe TraceContext.hex(text, 3, 16),
            let low = unsafe TraceContext.hex(text, 19, 16),
            let parent = unsafe TraceContext.hex(text, 36, 16),
            let flags = unsafe TraceContext.hex(text, 53, 2),
            high | low != 0, parent != 0
        else { return nil }
        self.init(high: high, low: low, parent: parent, sampled: flags & 1 == 1)
    }

    /// The same trace seen from another span.
    package func child(_ span: UInt64) -> TraceContext {
        TraceContext(high: high, low: low, parent: span, sampled: sampled)
    }

    /// Appends the 32 hexadecimal characters of the trace identifier.
    package func writeTrace(into buffer: inout ByteBuffer) {
        buffer.append(hex: high)
        buffer.append(hex: low)
    }

    /// Appends the value of a `traceparent` field.
    package func writeTraceparent(into buffer: inout ByteBuffer) {
        buffer.append("00-" as StaticString)
        writeTrace(into: &buffer)
        buffer.append(UInt8(ascii: "-"))
        buffer.append(hex: parent)
        buffer.append(sampled ? "-01" as StaticString : "-00")
    }

    /// The trace identifier as text.
    package var traceText: String {
        var buffer = ByteBuffer(capacity: 32)
        writeTrace(into: &buffer)
        return buffer.freeze().text
    }

    /// Lower-case hexadecimal only, as the standard asks.
    private static func hex(_ text: UnsafeRawBufferPointer, _ from: Int, _ count: Int) -> UInt64? {
        var value: UInt64 = 0
        for index in from..<from + count {
            let byte = unsafe text[index]
            guard !(0x41...0x5a).contains(byte), let digit = ASCII.hexValue(byte) else {
                return nil
            }
            value = value << 4 | UInt64(digit)
        }
        return value
    }
}
