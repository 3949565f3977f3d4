package import Bytes

/// JSON for people: the same document with a line for each member and two spaces for each level.
package enum IndentedJSON {
    /// `compact` must be a valid document without white space, as `JSONWriter` makes it. Objects
    /// and arrays without content stay on their line; the text ends with a line feed.
    package static func indent(_ compact: ByteString) -> ByteString {
        var text = ByteBuffer(capacity: compact.count * 2)
        unsafe compact.withBytes { bytes in
            var state = State()
            for index in 0..<bytes.count {
                unsafe state.take(
                    bytes[index], next: index + 1 < bytes.count ? bytes[index + 1] : 0,
                    into: &text)
            }
        }
        text.append(ASCII.lineFeed)
        return text.freeze()
    }

    private struct State {
        var depth = 0
        var isInString = false
        var isEscaped = false

        mutating func take(_ byte: UInt8, next: UInt8, into text: inout ByteBuffer) {
            if isInString { return takeString(byte, into: &text) }
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                text.append(byte)
                depth += 1
                if next != byte + 2 { newLine(into: &text) }
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if !endsOpen(text) { newLine(into: &text) }
                text.append(byte)
            case UInt8(ascii: ","):
                text.append(byte)
                newLine(into: &text)
            case UInt8(ascii: ":"):
                text.append(": " as StaticString)
            default:
                isInString = byte == UInt8(ascii: "\"")
                text.append(byte)
            }
        }

        private mutating func takeString(_ byte: UInt8, into text: inout ByteBuffer) {
            text.append(byte)
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") {
                isInString = false
            }
        }

        private func endsOpen(_ text: borrowing ByteBuffer) -> Bool {
            let last = unsafe text.readable[text.count - 1]
            return last == UInt8(ascii: "{") || last == UInt8(ascii: "[")
        }

        private func newLine(into text: inout ByteBuffer) {
            text.append(ASCII.lineFeed)
            for _ in 0..<depth { text.append("  " as StaticString) }
        }
    }
}
