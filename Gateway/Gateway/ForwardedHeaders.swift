package import Bytes
package import HTTP
package import Reactor

/// The fields that tell a target where a request came from and which request it is.
///
/// What a client says in them is never passed on as it is: addresses are appended to, the rest is
/// replaced or, for identifiers, checked.
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

    /// Whether a field of the client is left out here: because this type writes its own, or because
    /// it belongs to a trace that is not continued.
    package static func replaces(_ field: KnownField, of head: HeadStorage) -> Bool {
        switch field {
        case .tracestate: !continuesTrace(head)
        case .xForwardedFor, .xForwardedProto, .xForwardedPort, .xRequestID, .xAmznTraceID,
            .traceparent:
            true
        default: false
        }
    }

    /// A state without a valid parent means nothing (W3C Trace Context §3.3).
    private static func continuesTrace(_ head: HeadStorage) -> Bool {
        guard let parent = head.first(.traceparent) else { return false }
        return unsafe TraceContext(parsing: head.bytes(parent)) != nil
    }

    /// Appends the field lines for a request with this head.
    package func write(_ head: HeadStorage, into buffer: inout ByteBuffer) {
        writeForwardedFor(head, into: &buffer)
        buffer.append("X-Forwarded-Proto: http\r\nX-Forwarded-Port: " as StaticString)
        buffer.append(decimal: port)
        buffer.append("\r\nX-Request-Id: " as StaticString)
        writeRequestID(head, into: &buffer)
        buffer.append("\r\nX-Amzn-Trace-Id: " as StaticString)
        let amzn = head.first(.xAmznTraceID)
        unsafe AmznTrace.write(amzn.map { unsafe head.bytes($0) }, amznTrace, into: &buffer)
        buffer.append("\r\nTraceparent: " as StaticString)
        trace.writeTraceparent(into: &buffer)
        buffer.append("\r\n" as StaticString)
    }

    /// The addresses received, in order and on one line, and behind them the one seen here.
    private func writeForwardedFor(_ head: HeadStorage, into buffer: inout ByteBuffer) {
        buffer.append("X-Forwarded-For: " as StaticString)
        if head.has(.xForwardedFor) {
            for line in head.lines where line.known == .xForwardedFor && !line.value.isEmpty {
                unsafe buffer.append(head.bytes(line.value))
                buffer.append(", " as StaticString)
            }
        }
        peer.writeHost(into: &buffer)
        buffer.append("\r\n" as StaticString)
    }

    /// The client's identifier if it is fit for a log line, else the trace's.
    private func writeRequestID(_ head: HeadStorage, into buffer: inout ByteBuffer) {
        if let given = head.first(.xRequestID), unsafe ForwardedHeaders.isFit(head.bytes(given)) {
            unsafe buffer.append(head.bytes(given))
        } else {
            trace.writeTrace(into: &buffer)
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

extension SocketAddress {
    /// Appends `address:port`.
    func write(into buffer: inout ByteBuffer) {
        writeHost(into: &buffer)
        buffer.append(ASCII.colon)
        buffer.append(decimal: port)
    }

    /// Appends the four numbers of the address, without the port.
    fileprivate func writeHost(into buffer: inout ByteBuffer) {
        buffer.append(decimal: address >> 24)
        buffer.append(UInt8(ascii: "."))
        buffer.append(decimal: address >> 16 & 255)
        buffer.append(UInt8(ascii: "."))
        buffer.append(decimal: address >> 8 & 255)
        buffer.append(UInt8(ascii: "."))
        buffer.append(decimal: address & 255)
    }
}
