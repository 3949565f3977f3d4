import Bytes
package import HTTP
package import Reactor

/// The fields that tell a target where a request came from and which request it is.
///
/// What a client says in them is never passed on as it is: addresses are appended to, the rest is replaced or,
/// for identifiers, checked.
package struct ForwardedHeaders {
    /// The address the connection comes from.
    package let peer: SocketAddress
    /// The listener's port.
    package let port: UInt16
    /// The trace, with this hop as the parent.
    package let trace: TraceContext
    /// What a fresh `X-Amzn-Trace-Id` is made of.
    package let amznTrace: AmznTrace.Identifier

    package init(
        peer: SocketAddress, port: UInt16, trace: TraceContext, amznTrace: AmznTrace.Identifier
    ) {
        self.peer = peer
        self.port = port
        self.trace = trace
        self.amznTrace = amznTrace
    }

    /// All fields together with their names, beside what the client's own already take.
    static let bytesMax = 384

    /// The fields of the client that are left out, a bit for each: those written here, and the state of a
    /// trace that is not continued, which means nothing (W3C Trace Context §3.3).
    @inline(__always)
    static func replaced(in head: HeadStorage) -> UInt64 {
        guard head.has(.tracestate), !continuesTrace(head) else { return owned }
        return owned | KnownField.tracestate.mask
    }

    private static let owned = KnownField.bits([
        .xForwardedFor, .xForwardedProto, .xForwardedPort, .xRequestID, .xAmznTraceID,
        .traceparent,
    ])

    private static func continuesTrace(_ head: HeadStorage) -> Bool {
        guard let parent = head.first(.traceparent) else { return false }
        return unsafe TraceContext(parsing: head.bytes(parent)) != nil
    }

    /// Writes the field lines for a request with this head.
    func write(_ head: HeadStorage, into cursor: inout HeadCursor) {
        writeForwardedFor(head, into: &cursor)
        cursor.text("X-Forwarded-Proto: http\r\nX-Forwarded-Port: ")
        cursor.decimal(Int(port))
        cursor.text("\r\nX-Request-Id: ")
        writeRequestID(head, into: &cursor)
        cursor.text("\r\nX-Amzn-Trace-Id: ")
        let amzn = head.first(.xAmznTraceID)
        unsafe AmznTrace.write(amzn.map { unsafe head.bytes($0) }, amznTrace, into: &cursor)
        cursor.text("\r\nTraceparent: 00-")
        cursor.trace(trace)
        cursor.byte(UInt8(ascii: "-"))
        cursor.hex(number: trace.parent)
        cursor.text(trace.sampled ? "-01\r\n" : "-00\r\n")
    }

    /// The addresses received, in order and on one line, and behind them the one seen here.
    private func writeForwardedFor(_ head: HeadStorage, into cursor: inout HeadCursor) {
        cursor.text("X-Forwarded-For: ")
        if head.has(.xForwardedFor) {
            for line in head.lines where line.known == .xForwardedFor && !line.value.isEmpty {
                unsafe cursor.bytes(head.bytes(line.value))
                cursor.text(", ")
            }
        }
        for shift in stride(from: 24, through: 0, by: -8) {
            cursor.decimal(Int(peer.address >> UInt32(shift) & 255))
            cursor.text(shift == 0 ? "\r\n" : ".")
        }
    }

    /// The client's identifier if it is fit for a log line, else the trace's.
    private func writeRequestID(_ head: HeadStorage, into cursor: inout HeadCursor) {
        if let given = head.first(.xRequestID), unsafe ForwardedHeaders.isFit(head.bytes(given)) {
            unsafe cursor.bytes(head.bytes(given))
        } else {
            cursor.trace(trace)
        }
    }

    /// Visible ASCII without quotes and backslashes, not too long.
    private static func isFit(_ identifier: UnsafeRawBufferPointer) -> Bool {
        guard identifier.count > 0, identifier.count <= GatewayLimits.requestIDBytesMax else {
            return false
        }
        for index in 0..<identifier.count {
            let byte = unsafe identifier[index]
            guard (0x21...0x7e).contains(byte), byte != UInt8(ascii: "\""),
                byte != UInt8(ascii: "\\")
            else { return false }
        }
        return true
    }
}
