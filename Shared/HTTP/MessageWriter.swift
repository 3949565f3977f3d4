package import Bytes

/// Writes heads and chunk framing straight into a buffer.
///
/// What it writes parses again to what was asked for: a control character in a value becomes a
/// space (RFC 9110 §5.5), a field whose name is no token is left out, and the fields that frame the
/// message or belong to the connection come from the arguments alone, never from `fields`.
package enum MessageWriter {
    /// A whole head of an answer, empty line included.
    ///
    /// `framing` says what follows; `none` and `untilClose` add no field, and an answer to HEAD
    /// takes the framing that GET would have had. `date` is the 29 bytes of an IMF-fixdate, or
    /// empty for no Date field.
    package static func writeResponseHead(
        _ status: Status, _ fields: Fields, framing: BodyFraming, date: UnsafeRawBufferPointer,
        connection: ConnectionDirective, into buffer: inout ByteBuffer
    ) {
        buffer.reserve(headBytesGuess)
        writeStatusLine(status, into: &buffer)
        if date.count > 0 { unsafe writeDate(date, into: &buffer) }
        for index in fields.list.indices {
            let known = fields.list[index].name.known
            if isOwned(known) || known == .date { continue }
            writeField(fields.list[index].name, fields.list[index].value, into: &buffer)
        }
        writeFraming(framing, into: &buffer)
        writeConnection(connection, into: &buffer)
        writeEndOfHead(into: &buffer)
    }

    /// The same with a date that is kept.
    package static func writeResponseHead(
        _ status: Status, _ fields: Fields, framing: BodyFraming, date: ByteString,
        connection: ConnectionDirective, into buffer: inout ByteBuffer
    ) {
        unsafe date.withBytes {
            unsafe writeResponseHead(
                status, fields, framing: framing, date: $0, connection: connection, into: &buffer)
        }
    }

    /// A whole head of a request in HTTP/1.1, empty line included. `host` is the value of the Host
    /// field.
    package static func writeRequestHead(
        _ method: Method, target: String, host: ByteString, _ fields: Fields,
        framing: BodyFraming, connection: ConnectionDirective, into buffer: inout ByteBuffer
    ) {
        buffer.reserve(headBytesGuess)
        var target = target
        target.withUTF8 {
            unsafe writeRequestLine(method, target: UnsafeRawBufferPointer($0), into: &buffer)
        }
        buffer.append("Host: " as StaticString)
        unsafe host.withBytes { unsafe writeValue($0, into: &buffer) }
        buffer.append(lineEnd)
        for index in fields.list.indices {
            let known = fields.list[index].name.known
            if isOwned(known) || known == .host { continue }
            writeField(fields.list[index].name, fields.list[index].value, into: &buffer)
        }
        writeFraming(framing, into: &buffer)
        writeConnection(connection, into: &buffer)
        writeEndOfHead(into: &buffer)
    }

    /// `HTTP/1.1 200 OK` and its line end.
    package static func writeStatusLine(_ status: Status, into buffer: inout ByteBuffer) {
        if status.code == 200 { return buffer.append("HTTP/1.1 200 OK\r\n" as StaticString) }
        buffer.append("HTTP/1.1 " as StaticString)
        buffer.append(decimal: status.code)
        buffer.append(ASCII.space)
        buffer.append(status.reason)
        buffer.append(lineEnd)
    }

    /// `GET /path HTTP/1.1` and its line end. Bytes that may not stand in a target are
    /// percent-encoded.
    package static func writeRequestLine(
        _ method: Method, target: UnsafeRawBufferPointer, into buffer: inout ByteBuffer
    ) {
        buffer.append(method.name)
        buffer.append(ASCII.space)
        if unsafe target.allSatisfy({ $0 > ASCII.space && $0 < 0x7f && $0 != UInt8(ascii: "#") }) {
            unsafe buffer.append(target)
        } else {
            unsafe PercentEncoding.writeTarget(target, into: &buffer)
        }
        buffer.append(" HTTP/1.1\r\n" as StaticString)
    }

    /// One field; nothing if its name is no token.
    package static func writeField(
        _ name: FieldName, _ value: String, into buffer: inout ByteBuffer
    ) {
        if name.known == .other {
            guard name.isToken else { return }
            buffer.append(name.text)
        } else {
            buffer.append(name.known.name)
        }
        buffer.append(": " as StaticString)
        writeValue(value, into: &buffer)
        buffer.append(lineEnd)
    }

    /// One field whose name and value come from a parsed head.
    package static func writeField(
        _ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer,
        into buffer: inout ByteBuffer
    ) {
        unsafe buffer.append(name)
        buffer.append(": " as StaticString)
        unsafe writeValue(value, into: &buffer)
        buffer.append(lineEnd)
    }

    /// The field that says how the body ends; nothing for `none` and `untilClose`.
    package static func writeFraming(_ framing: BodyFraming, into buffer: inout ByteBuffer) {
        switch framing {
        case .length(let count):
            buffer.append("Content-Length: " as StaticString)
            buffer.append(decimal: count)
            buffer.append(lineEnd)
        case .chunked:
            buffer.append("Transfer-Encoding: chunked\r\n" as StaticString)
        case .none, .untilClose:
            break
        }
    }

    /// The Connection field, if one is needed.
    package static func writeConnection(
        _ directive: ConnectionDirective, into buffer: inout ByteBuffer
    ) {
        switch directive {
        case .implied: break
        case .close: buffer.append("Connection: close\r\n" as StaticString)
        case .keepAlive: buffer.append("Connection: keep-alive\r\n" as StaticString)
        }
    }

    /// The Date field with the 29 bytes of `date`.
    package static func writeDate(_ date: UnsafeRawBufferPointer, into buffer: inout ByteBuffer) {
        buffer.append("Date: " as StaticString)
        unsafe buffer.append(date)
        buffer.append(lineEnd)
    }

    /// The empty line that ends a head.
    package static func writeEndOfHead(into buffer: inout ByteBuffer) { buffer.append(lineEnd) }

    /// The line before a chunk of `count` bytes; not for 0, which would end the body.
    package static func writeChunkHead(_ count: Int, into buffer: inout ByteBuffer) {
        precondition(count > 0, "a chunk holds at least one byte")
        var shift = (Int.bitWidth - 1 - count.leadingZeroBitCount) & ~3
        while shift >= 0 {
            buffer.append(ASCII.hexDigit(UInt8(truncatingIfNeeded: count >> shift) & 15))
            shift -= 4
        }
        buffer.append(lineEnd)
    }

    /// What follows the data of each chunk.
    package static func writeChunkEnd(into buffer: inout ByteBuffer) { buffer.append(lineEnd) }

    /// The last chunk, which ends the body without trailers.
    package static func writeLastChunk(into buffer: inout ByteBuffer) {
        buffer.append("0\r\n\r\n" as StaticString)
    }

    /// The interim answer to `Expect: 100-continue`.
    package static func writeContinue(into buffer: inout ByteBuffer) {
        buffer.append("HTTP/1.1 100 Continue\r\n\r\n" as StaticString)
    }

    /// A value. Lending its bytes without a copy of the string spares a reference count.
    private static func writeValue(_ value: String, into buffer: inout ByteBuffer) {
        let lent: Void? = unsafe value.utf8.withContiguousStorageIfAvailable {
            unsafe writeValue(UnsafeRawBufferPointer($0), into: &buffer)
        }
        if lent != nil { return }
        var value = value
        value.withUTF8 { unsafe writeValue(UnsafeRawBufferPointer($0), into: &buffer) }
    }

    /// A value; control characters but the tab become spaces.
    private static func writeValue(
        _ value: UnsafeRawBufferPointer, into buffer: inout ByteBuffer
    ) {
        if unsafe ByteScan.control(value, from: 0) == value.count {
            return unsafe buffer.append(value)
        }
        for index in 0..<value.count {
            let byte = unsafe value[index]
            let isControl = byte < 0x20 && byte != ASCII.tab || byte == 0x7f
            buffer.append(isControl ? ASCII.space : byte)
        }
    }

    /// The fields that only the framing and the connection may decide.
    private static func isOwned(_ field: KnownField) -> Bool {
        field == .contentLength || field == .transferEncoding || field == .connection
    }

    private static var lineEnd: StaticString { "\r\n" }
    /// Room for most heads, so that they cost one allocation at most.
    private static var headBytesGuess: Int { 512 }
}
