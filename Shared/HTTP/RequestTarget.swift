import Bytes

/// The target of a request in one of its four forms (RFC 9112 §3.2), every byte of it checked.
struct RequestTarget {
    let form: RequestHead.TargetForm
    let whole: Slice
    let path: Slice
    let query: Slice?
    /// Only an absolute target brings its own.
    let authority: Slice?

    /// Reads the target that starts at `start` and ends before a space.
    init(_ head: UnsafeRawBufferPointer, from start: Int) throws(HTTPFault) {
        let first = unsafe head[start]
        if first == UInt8(ascii: "/") {
            let (path, query, end) = try unsafe RequestTarget.pathAndQuery(head, from: start)
            self.init(.origin, start, end, path, query, nil)
        } else if first == UInt8(ascii: "*"), unsafe head[start + 1] == ASCII.space {
            let asterisk = Slice(offset: start, count: 1)
            self.init(.asterisk, start, start + 1, asterisk, nil, nil)
        } else if let host = unsafe RequestTarget.afterScheme(head, from: start) {
            try unsafe self.init(absolute: head, from: start, host: host)
        } else {
            let end = unsafe Authority.end(head, from: start)
            let authority = Slice(offset: start, count: end - start)
            guard unsafe head[end] == ASCII.space,
                unsafe Authority.isValid(UnsafeRawBufferPointer(rebasing: head[start..<end]))
            else { throw RequestTarget.bad }
            self.init(.authority, start, end, .empty, nil, authority)
        }
    }

    private init(
        _ form: RequestHead.TargetForm, _ start: Int, _ end: Int, _ path: Slice, _ query: Slice?,
        _ authority: Slice?
    ) {
        self.form = form
        self.whole = Slice(offset: start, count: end - start)
        self.path = path
        self.query = query
        self.authority = authority
    }

    private init(
        absolute head: UnsafeRawBufferPointer, from start: Int, host: Int
    ) throws(HTTPFault) {
        let hostEnd = unsafe Authority.end(head, from: host)
        guard unsafe Authority.isValid(UnsafeRawBufferPointer(rebasing: head[host..<hostEnd]))
        else { throw RequestTarget.bad }
        let (written, query, end) = try unsafe RequestTarget.pathAndQuery(head, from: hostEnd)
        // An empty path means "/" (RFC 9110 §4.2.3); the slash right before the host lends its
        // byte.
        let path = written.isEmpty ? Slice(offset: host - 1, count: 1) : written
        self.init(
            .absolute, start, end, path, query, Slice(offset: host, count: hostEnd - host))
    }

    /// Where the host starts after `http://` or `https://`; nil if the target has neither.
    private static func afterScheme(_ head: UnsafeRawBufferPointer, from start: Int) -> Int? {
        for scheme in ["http://", "https://"] as [StaticString] {
            let end = start + scheme.utf8CodeUnitCount
            guard end < head.count else { continue }
            let text = unsafe UnsafeRawBufferPointer(rebasing: head[start..<end])
            if unsafe ASCII.equals(text, lowercase: scheme) { return end }
        }
        return nil
    }

    /// The path and the query that start at `start`, and the offset of the space after them.
    @inline(__always)
    private static func pathAndQuery(
        _ head: UnsafeRawBufferPointer, from start: Int
    ) throws(HTTPFault) -> (path: Slice, query: Slice?, end: Int) {
        let pathEnd = try unsafe run(head, from: start, TargetBytes.isPath)
        let path = Slice(offset: start, count: pathEnd - start)
        if unsafe head[pathEnd] == ASCII.space { return (path, nil, pathEnd) }
        guard unsafe head[pathEnd] == UInt8(ascii: "?") else {
            throw unsafe badByte(head, pathEnd)
        }
        let end = try unsafe run(head, from: pathEnd + 1, TargetBytes.isQuery)
        guard unsafe head[end] == ASCII.space else { throw unsafe badByte(head, end) }
        return (path, Slice(offset: pathEnd + 1, count: end - pathEnd - 1), end)
    }

    /// Where the run of allowed bytes and valid escapes ends.
    @inline(__always)
    private static func run(
        _ head: UnsafeRawBufferPointer, from start: Int, _ isAllowed: (UInt8) -> Bool
    ) throws(HTTPFault) -> Int {
        var index = start
        while true {
            let byte = unsafe head[index]
            if isAllowed(byte) {
                index &+= 1
            } else if byte == UInt8(ascii: "%") {
                // The head ends with four bytes after the target's last, so both digits can be
                // looked at.
                guard let high = unsafe ASCII.hexValue(head[index &+ 1]),
                    let low = unsafe ASCII.hexValue(head[index &+ 2]), high | low != 0
                else {
                    throw HTTPFault(
                        .badRequest, "bad-escape",
                        "a % in the target must be followed by two hexadecimal digits, not 00")
                }
                index &+= 3
            } else {
                return index
            }
        }
    }

    /// Says what is wrong with the byte at `index`, which ends the target.
    private static func badByte(_ head: UnsafeRawBufferPointer, _ index: Int) -> HTTPFault {
        let byte = unsafe head[index]
        if byte == ASCII.carriageReturn {
            return unsafe head[index + 1] == ASCII.lineFeed
                ? HTTPFault(
                    .badRequest, "bad-request-line",
                    "the request line ends after the target: HTTP/0.9 is not spoken here")
                : .bareCarriageReturn
        }
        return HTTPFault(
            .badRequest, "bad-target",
            "the target has the byte \(byte), which must be percent-encoded")
    }

    private static var bad: HTTPFault {
        HTTPFault(
            .badRequest, "bad-target",
            "the target must be a path that starts with /, or an http address, or *")
    }
}
