/// The three header fields that decide where an answer ends; all others are only skipped.
enum ResponseField: Equatable {
    /// nil when the value is not a plain number.
    case contentLength(Int?)
    case transferEncoding(isChunked: Bool)
    case connection(keepsAlive: Bool)
    case other

    init(_ line: Span<UInt8>) {
        // Most fields are told apart by their first letter, which is all that is paid for them.
        switch line[0] | 0x20 {
        case UInt8(ascii: "c"):
            if Self.starts(line, with: "content-length:") {
                self = .contentLength(Self.number(line, from: 15))
            } else if Self.starts(line, with: "connection:") {
                self = Self.connection(line.extracting(11...))
            } else {
                self = .other
            }
        case UInt8(ascii: "t"):
            guard Self.starts(line, with: "transfer-encoding:") else { fallthrough }
            self = .transferEncoding(isChunked: Self.ends(line, with: "chunked"))
        default: self = .other
        }
    }

    /// Compares without regard to case; `text` is lower case.
    static func starts(_ line: Span<UInt8>, with text: StaticString) -> Bool {
        matches(line, at: 0, text)
    }

    private static func ends(_ line: Span<UInt8>, with text: StaticString) -> Bool {
        var end = line.count
        while end > 0, isBlank(line[end - 1]) { end -= 1 }
        return matches(line.extracting(..<end), at: end - text.utf8CodeUnitCount, text)
    }

    private static func matches(_ line: Span<UInt8>, at start: Int, _ text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard start >= 0, line.count - start >= count else { return false }
        return text.withUTF8Buffer { lower in
            for index in 0..<count {
                let byte = line[start + index]
                let isUpper = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
                if unsafe (isUpper ? byte | 0x20 : byte) != lower[index] { return false }
            }
            return true
        }
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == ASCIIText.space || byte == UInt8(ascii: "\t")
    }

    private static func number(_ line: Span<UInt8>, from start: Int) -> Int? {
        var start = start
        var end = line.count
        while start < end, isBlank(line[start]) { start += 1 }
        while start < end, isBlank(line[end - 1]) { end -= 1 }
        guard start < end, end - start <= 18 else { return nil }
        var value = 0
        for index in start..<end {
            guard ASCIIText.isDigit(line[index]) else { return nil }
            value = value * 10 + Int(line[index] &- ASCIIText.zero)
        }
        return value
    }

    /// `close` anywhere in the list ends the connection; `keep-alive` revives HTTP/1.0.
    private static func connection(_ value: Span<UInt8>) -> ResponseField {
        for start in value.indices where matches(value, at: start, "close") {
            return .connection(keepsAlive: false)
        }
        for start in value.indices where matches(value, at: start, "keep-alive") {
            return .connection(keepsAlive: true)
        }
        return .other
    }
}
