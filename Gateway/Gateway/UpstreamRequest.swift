package import Bytes
package import HTTP

/// The head of a request as it goes on to a target: written anew from its parsed parts.
package enum UpstreamRequest {
    /// Appends the request line and all fields. `fallbackHost` is for HTTP/1.0 clients that named none.
    package static func write(
        _ head: RequestHead, _ forwarded: ForwardedHeaders, fallbackHost: ByteString,
        into buffer: inout ByteBuffer
    ) {
        // A field grows by the blank behind its colon at most, and the authority may stand there twice.
        let bytesMax =
            head.byteCount + head.storage.lines.count + Int(head.authority.count)
            + fallbackHost.count + ForwardedHeaders.bytesMax + framingBytesMax
        HeadCursor.append(to: &buffer, bytesMax: bytesMax) { cursor in
            writeRequestLine(head, into: &cursor)
            writeHost(head, fallbackHost, into: &cursor)
            writePassing(head.storage, into: &cursor)
            forwarded.write(head.storage, into: &cursor)
            writeFraming(head, into: &cursor)
            cursor.text("\r\n")
        }
    }

    /// The framing field, the version, the names written and the empty line.
    private static let framingBytesMax = 128

    private static func writeRequestLine(_ head: RequestHead, into cursor: inout HeadCursor) {
        cursor.text(head.method.name)
        cursor.byte(ASCII.space)
        if head.path.isEmpty {
            cursor.byte(UInt8(ascii: "/"))
        } else {
            unsafe cursor.bytes(head.storage.bytes(head.path))
        }
        if let query = head.query {
            cursor.byte(UInt8(ascii: "?"))
            unsafe cursor.bytes(head.storage.bytes(query))
        }
        cursor.text(" HTTP/1.1\r\n")
    }

    private static func writeHost(
        _ head: RequestHead, _ fallback: ByteString, into cursor: inout HeadCursor
    ) {
        cursor.text("Host: ")
        if head.authority.isEmpty {
            cursor.string(fallback)
        } else {
            unsafe cursor.bytes(head.storage.bytes(head.authority))
        }
        cursor.text("\r\n")
    }

    private static func writePassing(_ storage: HeadStorage, into cursor: inout HeadCursor) {
        let hop = HopByHop(storage)
        let replaced = ForwardedHeaders.replaced(in: storage) | answeredHere
        for line in storage.lines where hop.passes(line, besides: replaced) {
            unsafe cursor.line(line, of: hop.bytes)
        }
    }

    /// The host is written first, and an expectation is met by the gateway.
    private static let answeredHere = KnownField.bits([.host, .expect])

    /// One framing decision, made by the parser, said in one way.
    private static func writeFraming(_ head: RequestHead, into cursor: inout HeadCursor) {
        switch head.framing {
        case .length(let count):
            cursor.text("Content-Length: ")
            cursor.decimal(count)
            cursor.text("\r\n")
        case .chunked: cursor.text("Transfer-Encoding: chunked\r\n")
        case .none:
            if head.method == .post || head.method == .put || head.method == .patch {
                cursor.text("Content-Length: 0\r\n")
            }
        case .untilClose: preconditionFailure("a request never ends with its connection")
        }
    }
}
