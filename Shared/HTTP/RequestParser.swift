import Bytes

/// Reads the head of a request, strictly by RFC 9112: what two readers could understand differently
/// is refused.
package enum RequestParser {
    /// The head at the front of `bytes`, or nil while it is incomplete.
    ///
    /// `scanned` starts at 0 and remembers how far the end was searched; give it back together with
    /// the same bytes and the ones that came after. On success it is 0 again, `storage` holds a
    /// copy of the head and `byteCount` says how many bytes to consume. A fault is final: answer
    /// with its status and close.
    package static func parse(
        _ bytes: UnsafeRawBufferPointer, scanned: inout Int, limits: HTTPLimits,
        into storage: HeadStorage
    ) throws(HTTPFault) -> RequestHead? {
        guard let start = try unsafe HeadEnd.afterEmptyLines(bytes) else { return nil }
        try unsafe checkFirst(bytes[start])
        let search = HeadEnd(start: start, limits: limits)
        guard let end = try unsafe search.find(bytes, scanned: &scanned) else { return nil }
        scanned = 0
        let head = unsafe UnsafeRawBufferPointer(rebasing: bytes[start..<end])
        return try unsafe parse(whole: head, byteCount: end, limits: limits, into: storage)
    }

    private static func parse(
        whole head: UnsafeRawBufferPointer, byteCount: Int, limits: HTTPLimits,
        into storage: HeadStorage
    ) throws(HTTPFault) -> RequestHead {
        let line = try unsafe RequestLine(head)
        var section = FieldSection(reusing: storage.takeLines())
        try unsafe section.read(head, from: line.byteCount, fieldsMax: limits.fieldsMax)
        let host = try unsafe HostField.check(section, head, minorVersion: line.minorVersion)
        let options = unsafe ConnectionOptions(section, head)
        let framing = try unsafe FramingDecision.request(
            section, head, minorVersion: line.minorVersion)
        let expects = try unsafe Expectation.check(section, head, minorVersion: line.minorVersion)
        unsafe storage.fill(copying: head, section)
        var facts = RequestHead.Facts()
        facts.method = line.method
        facts.form = line.target.form
        facts.target = line.target.whole
        facts.path = line.target.path
        facts.query = line.target.query
        facts.authority = line.target.authority ?? host
        facts.minorVersion = line.minorVersion
        facts.framing = framing
        facts.persists = options.persists(minorVersion: line.minorVersion)
        facts.expectsContinue = expects && framing.hasContent
        facts.byteCount = byteCount
        storage.contents.value.request = facts
        return RequestHead(storage: storage)
    }

    /// Refuses at once what can never become a request, such as TLS spoken to a plain port.
    @inline(__always)
    private static func checkFirst(_ byte: UInt8) throws(HTTPFault) {
        guard !ASCII.isToken(byte) else { return }
        let tlsHandshake: UInt8 = 0x16
        throw HTTPFault(
            .badRequest, byte == ASCII.lineFeed ? "bare-line-feed" : "bad-method",
            byte == tlsHandshake
                ? "this port speaks plain HTTP, and TLS was spoken to it"
                : "a request starts with a method, not with byte \(byte)")
    }
}

extension BodyFraming {
    /// Whether at least one byte of content follows the head.
    package var hasContent: Bool { self != .none && self != .length(0) }
}
