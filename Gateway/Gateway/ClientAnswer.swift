package import Bytes
package import HTTP

/// The head of a target's answer as it goes on to the client: written anew from its parsed parts.
package enum ClientAnswer {
    /// How the body is framed for the client. What ended with the target's connection is chunked,
    /// so that the client's connection need not end with it, unless the client speaks HTTP/1.0.
    package static func framing(of answer: ResponseHead, for request: RequestHead) -> BodyFraming {
        switch answer.framing {
        case .none, .length: answer.framing
        case .chunked, .untilClose: request.minorVersion == 0 ? .untilClose : .chunked
        }
    }

    /// Appends status line, fields and the empty line.
    package static func write(
        _ answer: ResponseHead, for request: RequestHead, framing: BodyFraming,
        connection: ConnectionDirective, secondsSince1970: Int64, into buffer: inout ByteBuffer
    ) {
        let storage = answer.storage
        buffer.reserve(answer.byteCount + roomForOwnFields)
        MessageWriter.writeStatusLine(answer.status, into: &buffer)
        let hop = HopByHop(storage)
        for line in storage.lines where hop.passes(line) {
            unsafe MessageWriter.writeField(
                storage.bytes(line.name), storage.bytes(line.value), into: &buffer)
        }
        // RFC 9110 §6.6.1: who receives an answer without a date writes one before passing it on.
        if !storage.has(.date) { writeDate(secondsSince1970, into: &buffer) }
        if framing == .none {
            writeAnnouncedLength(answer, for: request, into: &buffer)
        } else {
            MessageWriter.writeFraming(framing, into: &buffer)
        }
        MessageWriter.writeConnection(connection, into: &buffer)
        MessageWriter.writeEndOfHead(into: &buffer)
    }

    /// Framing, date and connection with their usual lengths, so that one reservation is enough.
    private static let roomForOwnFields = 128

    /// The length that a GET would have had, as answers to HEAD and 304 may say it (RFC 9110 §8.6).
    private static func writeAnnouncedLength(
        _ answer: ResponseHead, for request: RequestHead, into buffer: inout ByteBuffer
    ) {
        guard request.method == .head || answer.status == .notModified,
            let value = answer.storage.first(.contentLength),
            let length = unsafe DecimalText.parse(answer.storage.bytes(value))
        else { return }
        MessageWriter.writeFraming(.length(Int(length)), into: &buffer)
    }

    private static func writeDate(_ seconds: Int64, into buffer: inout ByteBuffer) {
        buffer.append("Date: " as StaticString)
        HTTPDate.write(secondsSince1970: seconds, into: &buffer)
        buffer.append("\r\n" as StaticString)
    }
}
