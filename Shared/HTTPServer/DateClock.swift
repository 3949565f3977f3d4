import Bytes
import HTTP

/// The text of the Date field, made once a second.
struct DateClock: ~Copyable {
    /// The second since 1970 that the text says; -1 before the first.
    private(set) var second: Int64 = -1
    /// An IMF-fixdate of 29 bytes (RFC 9110 §5.6.7).
    private(set) var text = ByteBuffer(capacity: HTTPDate.byteCount)

    mutating func turn(to second: Int64) {
        text.removeAll()
        HTTPDate.write(secondsSince1970: second, into: &text)
        self.second = second
    }
}
