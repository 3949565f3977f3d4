import Bytes

/// Decides how the end of a body is found: the only place that does (RFC 9112 §6.3).
///
/// It refuses whatever a second reader could take differently; the table of refusals is in
/// Tests/Corpus.
enum FramingDecision {
    /// The framing of a request's body.
    @inline(__always)
    static func request(
        _ section: borrowing FieldSection, _ head: UnsafeRawBufferPointer, minorVersion: UInt8
    ) throws(HTTPFault) -> BodyFraming {
        if !section.has(.contentLength), !section.has(.transferEncoding) { return .none }
        return try unsafe declared(section, head, minorVersion: minorVersion) ?? .none
    }

    /// The framing of an answer's body, given what it answers.
    static func response(
        _ section: borrowing FieldSection, _ head: UnsafeRawBufferPointer, minorVersion: UInt8,
        status: Status, requestMethod: Method
    ) throws(HTTPFault) -> BodyFraming {
        // Servers put odd fields on these two; nothing can follow them, so nothing is read from the
        // fields.
        if status.isInformational || status.code == 204 { return .none }
        let declared = try unsafe declared(section, head, minorVersion: minorVersion)
        if status.forbidsContent || requestMethod == .head { return .none }
        return declared ?? .untilClose
    }

    /// What Content-Length or Transfer-Encoding says; nil if neither is there.
    private static func declared(
        _ section: borrowing FieldSection, _ head: UnsafeRawBufferPointer, minorVersion: UInt8
    ) throws(HTTPFault) -> BodyFraming? {
        if let coding = section.first(.transferEncoding) {
            guard !section.has(.contentLength) else {
                throw fault(
                    "length-and-coding",
                    "Content-Length and Transfer-Encoding must not stand in one message")
            }
            guard minorVersion > 0 else {
                throw fault("coding-in-http-1.0", "HTTP/1.0 has no Transfer-Encoding")
            }
            guard !section.isRepeated(.transferEncoding) else {
                throw fault("coding-repeated", "the message has two Transfer-Encoding fields")
            }
            try unsafe checkCoding(head, coding)
            return .chunked
        }
        guard let length = section.first(.contentLength) else { return nil }
        guard !section.isRepeated(.contentLength) else {
            throw fault("length-repeated", "the message has two Content-Length fields")
        }
        let digits = unsafe UnsafeRawBufferPointer(rebasing: head[length.lower..<length.upper])
        guard let count = unsafe DecimalText.parse(digits) else {
            throw fault("bad-length", "Content-Length must be one number of digits alone")
        }
        return .length(Int(count))
    }

    /// Accepts `chunked` alone, in any case.
    private static func checkCoding(
        _ head: UnsafeRawBufferPointer, _ value: Slice
    ) throws(HTTPFault) {
        var tokens = FieldTokens(value)
        var unknown = false
        var chunkedCount = 0
        var isChunkedLast = false
        while let token = unsafe tokens.next(head) {
            let coding = unsafe UnsafeRawBufferPointer(rebasing: head[token.lower..<token.upper])
            guard coding.count > 0, unsafe coding.allSatisfy(ASCII.isToken) else {
                throw fault("bad-coding", "Transfer-Encoding must be a list of tokens")
            }
            isChunkedLast = unsafe ASCII.equals(coding, lowercase: "chunked")
            if isChunkedLast { chunkedCount += 1 } else { unknown = true }
        }
        guard chunkedCount < 2, chunkedCount == 0 || isChunkedLast else {
            throw fault("bad-coding", "chunked must be applied once, and last")
        }
        guard !unknown else {
            throw HTTPFault(
                .notImplemented, "unknown-coding",
                "the only transfer coding known here is chunked")
        }
    }

    private static func fault(_ code: StaticString, _ detail: String) -> HTTPFault {
        HTTPFault(.badRequest, code, detail)
    }
}
