import Bytes

/// The lines after the last chunk: checked like fields, then dropped (RFC 9112 §7.1.2 allows that
/// always).
struct TrailerSection {
    private enum Place {
        case lineStart, name, value, lineFeed, lastLineFeed
    }

    private var place = Place.lineStart
    private var byteCount = 0
    private var lineCount = 0

    /// Reads on from `index`; true once the empty line has ended.
    mutating func take(
        _ bytes: UnsafeRawBufferPointer, _ index: inout Int, _ limits: HTTPLimits
    ) throws(HTTPFault) -> Bool {
        while index < bytes.count {
            let byte = unsafe bytes[index]
            index &+= 1
            byteCount &+= 1
            guard byteCount <= limits.trailerBytesMax else {
                throw HTTPFault(
                    .fieldsTooLarge, "trailers-too-long",
                    "the trailers are longer than \(limits.trailerBytesMax) bytes")
            }
            if place == .lastLineFeed, byte == ASCII.lineFeed { return true }
            place = try after(byte, fieldsMax: limits.fieldsMax)
        }
        return false
    }

    private mutating func after(_ byte: UInt8, fieldsMax: Int) throws(HTTPFault) -> Place {
        if byte == ASCII.lineFeed, place != .lineFeed {
            throw bad("bare-line-feed", "a trailer must end with CR LF, not with LF alone")
        }
        switch place {
        case .lineStart where byte == ASCII.carriageReturn: return .lastLineFeed
        case .lineStart where ASCII.isToken(byte):
            lineCount += 1
            guard lineCount <= fieldsMax else {
                throw HTTPFault(
                    .fieldsTooLarge, "too-many-fields", "there are more than \(fieldsMax) trailers")
            }
            return .name
        case .name where ASCII.isToken(byte): return .name
        case .name where byte == ASCII.colon: return .value
        case .value where byte == ASCII.carriageReturn: return .lineFeed
        case .value where byte == ASCII.tab || byte >= 0x20 && byte != 0x7f: return .value
        case .lineFeed where byte == ASCII.lineFeed: return .lineStart
        case .lineFeed, .lastLineFeed:
            throw bad("bare-carriage-return", "a CR in a trailer is not followed by LF")
        case .lineStart, .name, .value:
            throw bad("bad-trailer", "a trailer must be a field; it is malformed at byte \(byte)")
        }
    }

    private func bad(_ code: StaticString, _ detail: String) -> HTTPFault {
        HTTPFault(.badRequest, code, detail)
    }
}
