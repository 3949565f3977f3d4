package import Bytes
package import HTTP

/// The head of a request as it goes on to a target: written anew from its parsed parts, never
/// copied raw.
package enum UpstreamRequest {
    /// Appends the request line and all fields. `fallbackHost` is for HTTP/1.0 clients that named
    /// none.
    package static func write(
        _ head: RequestHead, _ forwarded: ForwardedHeaders, fallbackHost: ByteString,
        into buffer: inout ByteBuffer
    ) {
        buffer.reserve(head.byteCount + roomForOwnFields)
        writeRequestLine(head, into: &buffer)
        buffer.append("Host: " as StaticString)
        if head.authority.isEmpty {
            buffer.append(fallbackHost)
        } else {
            unsafe buffer.append(head.storage.bytes(head.authority))
        }
        buffer.append("\r\n" as StaticString)
        writePassing(head.storage, into: &buffer)
        forwarded.write(head.storage, into: &buffer)
        writeFraming(head, into: &buffer)
        buffer.append("\r\n" as StaticString)
    }

    /// The forwarded fields with usual values, so that one reservation is enough.
    private static let roomForOwnFields = 512

    private static func writeRequestLine(_ head: RequestHead, into buffer: inout ByteBuffer) {
        buffer.append(head.method.name)
        buffer.append(ASCII.space)
        if head.path.isEmpty {
            buffer.append(UInt8(ascii: "/"))
        } else {
            unsafe buffer.append(head.storage.bytes(head.path))
        }
        if let query = head.query {
            buffer.append(UInt8(ascii: "?"))
            unsafe buffer.append(head.storage.bytes(query))
        }
        buffer.append(" HTTP/1.1\r\n" as StaticString)
    }

    private static func writePassing(_ storage: HeadStorage, into buffer: inout ByteBuffer) {
        let hop = HopByHop(storage)
        for line in storage.lines {
            guard line.known != .host, line.known != .expect, hop.passes(line),
                !ForwardedHeaders.replaces(line.known, of: storage)
            else { continue }
            unsafe buffer.append(storage.bytes(line.name))
            buffer.append(": " as StaticString)
            unsafe buffer.append(storage.bytes(line.value))
            buffer.append("\r\n" as StaticString)
        }
    }

    /// One framing decision, made by the parser, said in one way.
    private static func writeFraming(_ head: RequestHead, into buffer: inout ByteBuffer) {
        switch head.framing {
        case .length(let count):
            buffer.append("Content-Length: " as StaticString)
            buffer.append(decimal: count)
            buffer.append("\r\n" as StaticString)
        case .chunked: buffer.append("Transfer-Encoding: chunked\r\n" as StaticString)
        case .none:
            if head.method == .post || head.method == .put || head.method == .patch {
                buffer.append("Content-Length: 0\r\n" as StaticString)
            }
        case .untilClose: preconditionFailure("a request never ends with its connection")
        }
    }
}
