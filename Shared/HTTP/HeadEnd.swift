import Bytes

/// Finds where a head ends before anything in it is parsed, and refuses what can be refused early.
///
/// The order of its verdicts is the order of the bytes, so that a head gets the same verdict
/// however it arrives.
struct HeadEnd {
    /// Empty lines some clients send after a body; a few are skipped (RFC 9112 §2.2).
    static let emptyLinesMax = 4

    let start: Int
    let limits: HTTPLimits
    /// As long as no more bytes are here, no limit can be reached.
    private let freeUpTo: Int

    init(start: Int, limits: HTTPLimits) {
        self.start = start
        self.limits = limits
        let line = min(limits.requestLineBytesMax, limits.fieldLineBytesMax)
        freeUpTo = start + min(line, limits.headBytesMax)
    }

    /// The offset after the empty line that ends the head, or nil if it has not arrived. `scanned`
    /// is where the search goes on, so that a head that comes byte by byte costs no more than one
    /// that comes at once.
    func find(
        _ bytes: UnsafeRawBufferPointer, scanned: inout Int
    ) throws(HTTPFault) -> Int? {
        var position = max(scanned, start)
        while let feed = unsafe ByteScan.lineFeed(bytes, from: position) {
            if feed > freeUpTo { try unsafe checkLimits(bytes, upTo: feed) }
            guard feed > start, unsafe bytes[feed - 1] == ASCII.carriageReturn else {
                throw HTTPFault(
                    .badRequest, "bare-line-feed", "a line must end with CR LF, not with LF alone")
            }
            position = feed + 1
            guard unsafe feed >= start + 2 && bytes[feed - 2] == ASCII.lineFeed else { continue }
            if position - start > limits.headBytesMax { throw headTooLong }
            return position
        }
        if bytes.count > freeUpTo { try unsafe checkLimits(bytes, upTo: bytes.count) }
        scanned = bytes.count
        return nil
    }

    /// Skips the empty lines before a request; nil if more bytes are needed to know.
    static func afterEmptyLines(_ bytes: UnsafeRawBufferPointer) throws(HTTPFault) -> Int? {
        var start = 0
        while start < bytes.count, unsafe bytes[start] == ASCII.carriageReturn {
            guard start < 2 * emptyLinesMax else {
                throw HTTPFault(
                    .badRequest, "empty-lines",
                    "more than \(emptyLinesMax) empty lines stand before the request")
            }
            guard start + 1 < bytes.count else { return nil }
            guard unsafe bytes[start + 1] == ASCII.lineFeed else {
                throw HTTPFault.bareCarriageReturn
            }
            start += 2
        }
        return start < bytes.count ? start : nil
    }

    /// Refuses a line or head that is too long by the first `count` bytes, before its end is seen.
    private func checkLimits(
        _ bytes: UnsafeRawBufferPointer, upTo count: Int
    ) throws(HTTPFault) {
        let lineStart = unsafe ByteScan.lineStart(bytes, from: start, before: count)
        let isFirst = lineStart == start
        let lineMax = isFirst ? limits.requestLineBytesMax : limits.fieldLineBytesMax
        // A line of the greatest length may still be followed by its CR.
        let lineLimit = lineStart + lineMax + 2
        let headLimit = start + limits.headBytesMax + 1
        if count >= headLimit, headLimit < lineLimit { throw headTooLong }
        guard count >= lineLimit else { return }
        if isFirst { throw startLineTooLong }
        throw unsafe fieldTooLong(bytes, lineStart)
    }

    private var headTooLong: HTTPFault {
        HTTPFault(
            .fieldsTooLarge, "head-too-long",
            "the head is longer than \(limits.headBytesMax) bytes")
    }

    private var startLineTooLong: HTTPFault {
        HTTPFault(
            .uriTooLong, "start-line-too-long",
            "the first line is longer than \(limits.requestLineBytesMax) bytes")
    }

    private func fieldTooLong(_ bytes: UnsafeRawBufferPointer, _ lineStart: Int) -> HTTPFault {
        let name = unsafe FieldSection.nameForPeople(bytes, at: lineStart)
        return HTTPFault(
            .fieldsTooLarge, "field-too-long",
            "the field \(name) is longer than \(limits.fieldLineBytesMax) bytes")
    }
}

extension HTTPFault {
    /// A CR alone, which some readers take for the end of a line (RFC 9112 §2.2).
    static var bareCarriageReturn: HTTPFault {
        HTTPFault(.badRequest, "bare-carriage-return", "a CR is not followed by LF")
    }
}
