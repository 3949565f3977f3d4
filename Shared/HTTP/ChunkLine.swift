import Bytes

/// The line before a chunk: its size in hexadecimal digits, then extensions, which are checked and
/// ignored.
struct ChunkLine {
    /// Digits of the largest size that fits 64 bits.
    static let digitsMax = 16

    /// Where in the grammar of RFC 9112 §7.1.1 the next byte stands.
    private enum Place {
        case size
        case blankBeforeSemicolon
        case blankBeforeName, name, blankAfterName
        case blankBeforeValue, value, quoted, escaped, afterQuoted
        case lineFeed
    }

    private var place = Place.size
    private var size: UInt64 = 0
    private var digits = 0
    private var byteCount = 0

    /// Reads on from `index`; the size once the line has ended, nil while it has not.
    mutating func take(
        _ bytes: UnsafeRawBufferPointer, _ index: inout Int, bytesMax: Int
    ) throws(HTTPFault) -> Int? {
        while index < bytes.count {
            let byte = unsafe bytes[index]
            index &+= 1
            byteCount &+= 1
            guard byteCount <= bytesMax + 2 else {
                throw bad("chunk-line-too-long", "a chunk line is longer than \(bytesMax) bytes")
            }
            if place == .lineFeed {
                guard byte == ASCII.lineFeed else {
                    throw bad("bare-carriage-return", "a CR in a chunk line is not followed by LF")
                }
                return Int(size)
            }
            guard byte != ASCII.lineFeed else {
                throw bad("bare-line-feed", "a chunk line must end with CR LF, not with LF alone")
            }
            if place == .size, let digit = ASCII.hexValue(byte) {
                try take(digit)
            } else {
                place = try after(byte)
            }
        }
        return nil
    }

    private mutating func take(_ digit: UInt8) throws(HTTPFault) {
        digits += 1
        size = size << 4 | UInt64(digit)
        guard digits <= ChunkLine.digitsMax, size <= UInt64(Int.max) else {
            throw bad("bad-chunk-size", "the size of a chunk is too large")
        }
    }

    /// The place after `byte`, which is neither a digit of the size nor a line feed.
    private func after(_ byte: UInt8) throws(HTTPFault) -> Place {
        let next: Place?
        switch place {
        case .size:
            guard digits > 0 else { throw badSize }
            next = isBlank(byte) ? .blankBeforeSemicolon : end(byte)
        case .blankBeforeSemicolon:
            next = isBlank(byte) ? place : byte == UInt8(ascii: ";") ? .blankBeforeName : nil
        case .blankBeforeName:
            next = isBlank(byte) ? place : ASCII.isToken(byte) ? .name : nil
        case .name:
            next = ASCII.isToken(byte) ? place : isBlank(byte) ? .blankAfterName : afterName(byte)
        case .blankAfterName:
            next = isBlank(byte) ? place : byte == carriageReturn ? nil : afterName(byte)
        case .blankBeforeValue:
            let isQuote = byte == UInt8(ascii: "\"")
            next =
                isBlank(byte) ? place : ASCII.isToken(byte) ? .value : isQuote ? .quoted : nil
        case .value:
            next =
                ASCII.isToken(byte) ? place : isBlank(byte) ? .blankBeforeSemicolon : end(byte)
        case .quoted:
            let isText = isBlank(byte) || byte > ASCII.space && byte != 0x7f
            next =
                byte == UInt8(ascii: "\"")
                ? .afterQuoted : byte == UInt8(ascii: "\\") ? .escaped : isText ? place : nil
        case .escaped:
            next = isBlank(byte) || byte > ASCII.space && byte != 0x7f ? .quoted : nil
        case .afterQuoted:
            next = isBlank(byte) ? .blankBeforeSemicolon : end(byte)
        case .lineFeed:
            next = nil
        }
        guard let next else { throw place == .size ? badSize : badExtension(byte) }
        return next
    }

    /// What may end the size or a value: the line, or a further extension.
    private func end(_ byte: UInt8) -> Place? {
        byte == carriageReturn ? .lineFeed : byte == UInt8(ascii: ";") ? .blankBeforeName : nil
    }

    private func afterName(_ byte: UInt8) -> Place? {
        byte == UInt8(ascii: "=") ? .blankBeforeValue : end(byte)
    }

    private var carriageReturn: UInt8 { ASCII.carriageReturn }

    private func isBlank(_ byte: UInt8) -> Bool { byte == ASCII.space || byte == ASCII.tab }

    private var badSize: HTTPFault {
        bad("bad-chunk-size", "a chunk must start with its size in hexadecimal digits alone")
    }

    private func badExtension(_ byte: UInt8) -> HTTPFault {
        bad("bad-chunk-extension", "a chunk extension is malformed at byte \(byte)")
    }

    private func bad(_ code: StaticString, _ detail: String) -> HTTPFault {
        HTTPFault(.badRequest, code, detail)
    }
}
