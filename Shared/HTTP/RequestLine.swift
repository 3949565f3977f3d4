import Bytes

/// The first line of a request: method, target and version, one space between them (RFC 9112 §3).
struct RequestLine {
    let method: Method
    let target: RequestTarget
    let minorVersion: UInt8
    /// Bytes of the line with its CR LF.
    let byteCount: Int

    /// Reads the line at the front of `head`, which ends with an empty line.
    init(_ head: UnsafeRawBufferPointer) throws(HTTPFault) {
        let methodEnd = try unsafe RequestLine.methodEnd(head)
        let target = try unsafe RequestTarget(head, from: methodEnd + 1)
        let version = target.whole.upper + 1
        (minorVersion, byteCount) = try unsafe RequestLine.version(head, from: version)
        let token = unsafe UnsafeRawBufferPointer(rebasing: head[0..<methodEnd])
        guard let method = unsafe Method(token) else {
            throw HTTPFault(
                .notImplemented, "unknown-method", "the method of the request is not known here")
        }
        try RequestLine.check(method, target.form)
        self.method = method
        self.target = target
    }

    private static func methodEnd(_ head: UnsafeRawBufferPointer) throws(HTTPFault) -> Int {
        var index = 0
        while unsafe ASCII.isToken(head[index]) { index &+= 1 }
        guard index > 0, unsafe head[index] == ASCII.space else {
            throw HTTPFault(
                .badRequest, "bad-method", "the method must be a token with one space after it")
        }
        return index
    }

    /// The minor version and the bytes of the line: `HTTP/1.1` or `HTTP/1.0`, then CR LF.
    private static func version(
        _ head: UnsafeRawBufferPointer, from start: Int
    ) throws(HTTPFault) -> (UInt8, Int) {
        let end = start + HTTPVersion.byteCount
        guard end + 2 <= head.count,
            unsafe head[end] == ASCII.carriageReturn, unsafe head[end + 1] == ASCII.lineFeed,
            let version = unsafe HTTPVersion(head, at: start)
        else {
            throw HTTPFault(
                .badRequest, "bad-version",
                "the request line must end with one space and HTTP/1.1 or HTTP/1.0")
        }
        return (try version.supportedMinor(), end + 2)
    }

    /// Each form of target belongs to its methods; two methods are refused whatever they ask for.
    private static func check(
        _ method: Method, _ form: RequestHead.TargetForm
    ) throws(HTTPFault) {
        if form == .asterisk, method != .options {
            throw HTTPFault(.badRequest, "bad-target", "the target * is for OPTIONS only")
        }
        if (form == .authority) != (method == .connect) {
            throw HTTPFault(
                .badRequest, "bad-target", "a target of host and port is for CONNECT, and only that"
            )
        }
        if method == .connect {
            throw HTTPFault(.notImplemented, "connect-refused", "no tunnels are made here")
        }
        if method == .trace {
            // Echoing a request shows a script the credentials that the browser added to it.
            throw HTTPFault(.methodNotAllowed, "trace-refused", "TRACE is not allowed")
        }
    }
}
