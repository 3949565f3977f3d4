import Bytes

/// Reads the head of an answer as strictly as that of a request: a proxy passes on only what it
/// understood.
package enum ResponseParser {
    /// The head at the front of `bytes`, or nil while it is incomplete.
    ///
    /// `scanned`, `storage` and `byteCount` are as in `RequestParser.parse`. `requestMethod` is
    /// that of the request being answered, which decides whether a body follows. Interim answers
    /// (1xx) come out as heads without a body: the caller goes on to the next one. Every fault has
    /// status 502: the answer is not to be trusted.
    package static func parse(
        _ bytes: UnsafeRawBufferPointer, scanned: inout Int, limits: HTTPLimits,
        requestMethod: Method, into storage: HeadStorage
    ) throws(HTTPFault) -> ResponseHead? {
        do throws(HTTPFault) {
            return try unsafe parse(bytes, &scanned, limits, requestMethod, storage)
        } catch {
            throw HTTPFault(.badGateway, error.code, error.detail)
        }
    }

    private static func parse(
        _ bytes: UnsafeRawBufferPointer, _ scanned: inout Int, _ limits: HTTPLimits,
        _ requestMethod: Method, _ storage: HeadStorage
    ) throws(HTTPFault) -> ResponseHead? {
        guard bytes.count > 0 else { return nil }
        try unsafe checkFirst(bytes[0])
        let search = HeadEnd(start: 0, limits: limits)
        guard let end = try unsafe search.find(bytes, scanned: &scanned) else { return nil }
        scanned = 0
        let head = unsafe UnsafeRawBufferPointer(rebasing: bytes[0..<end])
        let line = try unsafe StatusLine(head)
        var section = FieldSection(reusing: storage.takeLines())
        try unsafe section.read(head, from: line.byteCount, fieldsMax: limits.fieldsMax)
        let options = unsafe ConnectionOptions(section, head)
        let framing = try unsafe FramingDecision.response(
            section, head, minorVersion: line.minorVersion, status: line.status,
            requestMethod: requestMethod)
        unsafe storage.fill(copying: head, section)
        return ResponseHead(
            storage: storage, status: line.status, minorVersion: line.minorVersion,
            framing: framing,
            persists: options.persists(minorVersion: line.minorVersion) && framing != .untilClose,
            byteCount: end)
    }

    /// Refuses at once what can never become an answer.
    private static func checkFirst(_ byte: UInt8) throws(HTTPFault) {
        guard byte == UInt8(ascii: "H") else {
            throw HTTPFault(
                .badGateway, byte == ASCII.lineFeed ? "bare-line-feed" : "bad-status-line",
                "an answer starts with HTTP/1.1, not with byte \(byte)")
        }
    }
}
