package import Bytes

/// Percent-encoding of paths and queries (RFC 3986 §2.1), both ways.
package enum PercentEncoding {
    /// The bytes that `text` stands for; nil if a `%` is not followed by two hexadecimal digits.
    ///
    /// A `+` stays what it is, unless `plusIsSpace` says that the text is a query made by a form.
    package static func decode(
        _ text: UnsafeRawBufferPointer, plusIsSpace: Bool = false
    ) -> ByteString? {
        var decoded = ByteBuffer(capacity: text.count)
        var index = 0
        while index < text.count {
            let byte = unsafe text[index]
            if byte == UInt8(ascii: "%") {
                guard index + 2 < text.count,
                    let high = unsafe ASCII.hexValue(text[index + 1]),
                    let low = unsafe ASCII.hexValue(text[index + 2])
                else { return nil }
                decoded.append(high << 4 | low)
                index += 3
            } else {
                decoded.append(plusIsSpace && byte == UInt8(ascii: "+") ? ASCII.space : byte)
                index += 1
            }
        }
        return decoded.freeze()
    }

    /// The same as text; nil also if the bytes are not UTF-8.
    package static func decodeText(
        _ text: UnsafeRawBufferPointer, plusIsSpace: Bool = false
    ) -> String? {
        guard let bytes = unsafe decode(text, plusIsSpace: plusIsSpace) else { return nil }
        return unsafe bytes.withBytes { unsafe String(validating: $0, as: UTF8.self) }
    }

    /// Appends `text` so that it is one segment of a path, or one name or value of a query: all but
    /// letters, digits and `-._~` is encoded.
    package static func writeSegment(_ text: String, into buffer: inout ByteBuffer) {
        for byte in text.utf8 { write(byte, isUnreserved(byte), into: &buffer) }
    }

    /// One segment of a path, or one name or value of a query, for the text.
    package static func segment(_ text: String) -> String {
        var buffer = ByteBuffer(capacity: text.utf8.count)
        writeSegment(text, into: &buffer)
        return buffer.freeze().text
    }

    /// Appends a target, encoding only what may not stand in any part of one.
    static func writeTarget(_ target: UnsafeRawBufferPointer, into buffer: inout ByteBuffer) {
        for index in 0..<target.count {
            let byte = unsafe target[index]
            let isAllowed = TargetBytes.isQuery(byte) || byte == UInt8(ascii: "%")
            write(byte, isAllowed, into: &buffer)
        }
    }

    private static func write(_ byte: UInt8, _ isAllowed: Bool, into buffer: inout ByteBuffer) {
        if isAllowed { return buffer.append(byte) }
        buffer.append(UInt8(ascii: "%"))
        buffer.append(upperHexDigit(byte >> 4))
        buffer.append(upperHexDigit(byte & 15))
    }

    /// Escapes are written in upper case (RFC 3986 §2.1).
    private static func upperHexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? 0x30 + value : 0x37 + value
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == UInt8(ascii: "-")
            || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "~")
    }
}
