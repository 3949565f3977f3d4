import Bytes
import HTTP

extension HeadCursor {
    /// The 16 characters of `value`.
    mutating func hex(number value: UInt64) {
        hex(HexText.digits(UInt32(truncatingIfNeeded: value >> 32)))
        hex(HexText.digits(UInt32(truncatingIfNeeded: value)))
    }

    /// The 32 characters of a trace.
    mutating func trace(_ trace: TraceContext) {
        hex(number: trace.high)
        hex(number: trace.low)
    }
}
