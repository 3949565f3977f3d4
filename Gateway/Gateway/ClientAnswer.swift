package import Bytes
package import HTTP

/// The head of a target's answer as it goes on to the client: written anew from its parsed parts.
package enum ClientAnswer {
    /// What of a request its answer depends on.
    package struct Asked {
        package let method: HTTP.Method
        package let minorVersion: UInt8

        package init(_ head: RequestHead) {
            method = head.method
            minorVersion = head.minorVersion
        }
    }

    /// How the body is framed for the client. What ended with the target's connection is chunked, so that the
    /// client's connection need not end with it, unless the client speaks HTTP/1.0.
    package static func framing(of answer: ResponseHead, to asked: Asked) -> BodyFraming {
        switch answer.framing {
        case .none, .length: answer.framing
        case .chunked, .untilClose: asked.minorVersion == 0 ? .untilClose : .chunked
        }
    }

    /// Appends status line, fields and the empty line.
    package static func write(
        _ answer: ResponseHead, to asked: Asked, framing: BodyFraming,
        connection: ConnectionDirective, secondsSince1970: Int64, into buffer: inout ByteBuffer
    ) {
        let lines = answer.storage.lines
        let bytesMax = answer.byteCount + lines.count + ownBytesMax
        HeadCursor.append(to: &buffer, bytesMax: bytesMax) { cursor in
            writeStatusLine(answer.status, into: &cursor)
            let hop = HopByHop(answer.storage)
            for line in lines where hop.passes(line) { unsafe cursor.line(line, of: hop.bytes) }
            writeFraming(answer, to: asked, framing, into: &cursor)
            writeConnection(connection, into: &cursor)
        }
        // RFC 9110 §6.6.1: who receives an answer without a date writes one before passing it on.
        if !answer.storage.has(.date) { writeDate(secondsSince1970, into: &buffer) }
        buffer.append("\r\n" as StaticString)
    }

    /// Status line, framing, date and connection, each with its longest text.
    private static let ownBytesMax = 192

    private static func writeStatusLine(_ status: Status, into cursor: inout HeadCursor) {
        if status.code == 200 { return cursor.text("HTTP/1.1 200 OK\r\n") }
        cursor.text("HTTP/1.1 ")
        cursor.decimal(Int(status.code))
        cursor.byte(ASCII.space)
        cursor.text(status.reason)
        cursor.text("\r\n")
    }

    private static func writeFraming(
        _ answer: ResponseHead, to asked: Asked, _ framing: BodyFraming,
        into cursor: inout HeadCursor
    ) {
        switch framing {
        case .length(let count): writeLength(count, into: &cursor)
        case .chunked: cursor.text("Transfer-Encoding: chunked\r\n")
        case .untilClose: break
        case .none:
            if let length = announcedLength(answer, to: asked) {
                writeLength(length, into: &cursor)
            }
        }
    }

    private static func writeLength(_ count: Int, into cursor: inout HeadCursor) {
        cursor.text("Content-Length: ")
        cursor.decimal(count)
        cursor.text("\r\n")
    }

    /// The length that a GET would have had, as answers to HEAD and 304 may say it (RFC 9110 §8.6).
    private static func announcedLength(_ answer: ResponseHead, to asked: Asked) -> Int? {
        guard asked.method == .head || answer.status == .notModified,
            let value = answer.storage.first(.contentLength)
        else { return nil }
        return unsafe DecimalText.parse(answer.storage.bytes(value)).map { Int($0) }
    }

    private static func writeConnection(
        _ directive: ConnectionDirective, into cursor: inout HeadCursor
    ) {
        switch directive {
        case .implied: break
        case .close: cursor.text("Connection: close\r\n")
        case .keepAlive: cursor.text("Connection: keep-alive\r\n")
        }
    }

    private static func writeDate(_ seconds: Int64, into buffer: inout ByteBuffer) {
        buffer.append("Date: " as StaticString)
        HTTPDate.write(secondsSince1970: seconds, into: &buffer)
        buffer.append("\r\n" as StaticString)
    }
}
