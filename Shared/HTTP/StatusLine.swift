import Bytes

/// The first line of an answer: version, three digits, a phrase that nobody reads (RFC 9112 §4).
struct StatusLine {
    let status: Status
    let minorVersion: UInt8
    /// Bytes of the line with its CR LF.
    let byteCount: Int

    /// Reads the line at the front of `head`, which ends with an empty line.
    init(_ head: UnsafeRawBufferPointer) throws(HTTPFault) {
        let codeStart = HTTPVersion.byteCount + 1
        guard let version = unsafe HTTPVersion(head, at: 0), head.count >= codeStart + 5,
            unsafe head[codeStart - 1] == ASCII.space
        else { throw StatusLine.bad("it must start with HTTP/1.1 and one space") }
        minorVersion = try version.supportedMinor()
        let digits = unsafe UnsafeRawBufferPointer(rebasing: head[codeStart..<(codeStart + 3)])
        guard let code = unsafe DecimalText.parse(digits), (100...599).contains(code) else {
            throw StatusLine.bad("the status must be three digits in 100…599")
        }
        status = Status(Int(code))
        byteCount = try unsafe StatusLine.phraseEnd(head, from: codeStart + 3) + 2
    }

    /// Where the phrase ends. The space before an empty phrase may be missing: many servers leave
    /// it out.
    private static func phraseEnd(
        _ head: UnsafeRawBufferPointer, from start: Int
    ) throws(HTTPFault) -> Int {
        let first = unsafe head[start]
        guard first == ASCII.space || first == ASCII.carriageReturn else {
            throw bad("a space must follow the status")
        }
        var end = unsafe ByteScan.control(head, from: start)
        while unsafe head[end] == ASCII.tab { end = unsafe ByteScan.control(head, from: end + 1) }
        guard unsafe head[end] == ASCII.carriageReturn, unsafe head[end + 1] == ASCII.lineFeed
        else {
            throw bad("its phrase has a control character")
        }
        return end
    }

    private static func bad(_ reason: String) -> HTTPFault {
        HTTPFault(.badGateway, "bad-status-line", "the status line cannot be read: \(reason)")
    }
}
