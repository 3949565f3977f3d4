public import Bytes

/// Writes compact JSON (RFC 8259) straight into bytes: UTF-8, slashes unescaped, members in call
/// order.
///
/// Commas are placed by the writer. The caller closes what it opens; `finish` checks that it did.
@usableFromInline package struct JSONWriter: ~Copyable {
    @usableFromInline var buffer: ByteBuffer
    @usableFromInline var depth = 0
    @usableFromInline var needsComma = false

    /// `capacity` bytes are allocated at once: choose the usual size of the result.
    @inlinable package init(capacity: Int = 512) { buffer = ByteBuffer(capacity: capacity) }

    /// Opens an object; members follow as key and value.
    @inlinable package mutating func beginObject() { open(UInt8(ascii: "{")) }
    /// Closes the object opened last.
    @inlinable package mutating func endObject() { close(UInt8(ascii: "}")) }
    /// Opens an array; values follow.
    @inlinable package mutating func beginArray() { open(UInt8(ascii: "[")) }
    /// Closes the array opened last.
    @inlinable package mutating func endArray() { close(UInt8(ascii: "]")) }

    /// The name of the next member: plain ASCII without quotes, backslashes or control characters.
    @inlinable package mutating func key(_ name: StaticString) {
        let count = name.utf8CodeUnitCount
        let comma = needsComma ? 1 : 0
        unsafe buffer.withRoom(count + 4) { room in
            if comma == 1 { unsafe room[0] = UInt8(ascii: ",") }
            unsafe room[comma] = UInt8(ascii: "\"")
            unsafe (room.baseAddress.unsafelyUnwrapped + comma + 1).copyMemory(
                from: name.utf8Start, byteCount: count)
            unsafe room[comma + count + 1] = UInt8(ascii: "\"")
            unsafe room[comma + count + 2] = UInt8(ascii: ":")
            return comma + count + 3
        }
        needsComma = false
    }

    /// The name of the next member as `JSONMember.label` has it, with the comma before it.
    @inlinable mutating func key(label: ByteString) {
        unsafe label.withBytes { all in
            let spared = needsComma ? 0 : 1
            unsafe buffer.append(UnsafeRawBufferPointer(rebasing: all[spared...]))
        }
        needsComma = false
    }

    /// The name of the next member, escaped as needed.
    @inlinable package mutating func key(_ name: String) {
        string(name)
        buffer.append(UInt8(ascii: ":"))
        needsComma = false
    }

    /// A string, escaped as needed.
    @inlinable package mutating func string(_ text: String) {
        separate()
        buffer.append(UInt8(ascii: "\""))
        let stored: Void? = unsafe text.utf8.withContiguousStorageIfAvailable {
            unsafe escape(UnsafeRawBufferPointer($0))
        }
        if stored == nil {
            var copy = text
            copy.withUTF8 { unsafe escape(UnsafeRawBufferPointer($0)) }
        }
        buffer.append(UInt8(ascii: "\""))
        needsComma = true
    }

    /// A string from bytes that are known to be valid UTF-8, such as a column of a store.
    @inlinable package mutating func string(utf8 bytes: UnsafeRawBufferPointer) {
        separate()
        buffer.append(UInt8(ascii: "\""))
        unsafe escape(bytes)
        buffer.append(UInt8(ascii: "\""))
        needsComma = true
    }

    /// A whole number, all its digits.
    @inlinable package mutating func integer(_ number: some FixedWidthInteger) {
        separate()
        buffer.append(decimal: number)
        needsComma = true
    }

    /// A finite number; infinities and NaN have no JSON form and become null.
    package mutating func number(_ value: Double) {
        guard value.isFinite else { return null() }
        raw(json: "\(value)")
    }

    /// true or false.
    @inlinable package mutating func bool(_ value: Bool) {
        separate()
        buffer.append(value ? "true" as StaticString : "false")
        needsComma = true
    }

    /// null.
    @inlinable package mutating func null() {
        separate()
        buffer.append("null" as StaticString)
        needsComma = true
    }

    /// A value that is already JSON.
    package mutating func raw(_ json: ByteString) {
        separate()
        buffer.append(json)
        needsComma = true
    }

    /// The same in a text.
    @inlinable package mutating func raw(json text: String) {
        separate()
        buffer.append(text)
        needsComma = true
    }

    /// Ends a document inside a stream of documents (NDJSON) with a line feed.
    package mutating func endLine() {
        precondition(depth == 0, "a line ends a whole document")
        buffer.append(ASCII.lineFeed)
        needsComma = false
    }

    /// Bytes written so far.
    @inlinable package var count: Int { buffer.count }

    /// The document. Everything opened must have been closed.
    @inlinable package consuming func finish() -> ByteString {
        precondition(depth == 0, "every object and array that was opened is closed")
        return buffer.freeze()
    }

    @inlinable mutating func separate() {
        if needsComma { buffer.append(UInt8(ascii: ",")) }
    }

    @inlinable mutating func open(_ bracket: UInt8) {
        separate()
        buffer.append(bracket)
        depth += 1
        needsComma = false
    }

    @inlinable mutating func close(_ bracket: UInt8) {
        precondition(depth > 0, "only what was opened is closed")
        buffer.append(bracket)
        depth -= 1
        needsComma = true
    }

    /// Appends runs of plain bytes whole and escapes the rest.
    @usableFromInline
    mutating func escape(_ bytes: UnsafeRawBufferPointer) {
        var plain = 0
        while plain < bytes.count {
            let stop = unsafe JSONWriter.firstToEscape(bytes, from: plain)
            unsafe buffer.append(UnsafeRawBufferPointer(rebasing: bytes[plain..<stop]))
            if stop < bytes.count { escape(unsafe bytes[stop]) }
            plain = stop + 1
        }
    }

    /// Where the next byte lies that cannot stand in a string; the count if there is none. Looks
    /// at eight bytes at a time.
    private static func firstToEscape(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
        var index = start
        while index &+ 8 <= bytes.count {
            let word = UInt64(
                littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
            let found = JSONWord.escaped(word)
            if found != 0 { return index &+ found.trailingZeroBitCount >> 3 }
            index &+= 8
        }
        while index < bytes.count {
            let byte = unsafe bytes[index]
            if byte < 0x20 || byte == 0x22 || byte == 0x5c { return index }
            index &+= 1
        }
        return index
    }

    private mutating func escape(_ byte: UInt8) {
        buffer.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x22, 0x5c: buffer.append(byte)
        case 0x0a: buffer.append(UInt8(ascii: "n"))
        case 0x0d: buffer.append(UInt8(ascii: "r"))
        case 0x09: buffer.append(UInt8(ascii: "t"))
        case 0x08: buffer.append(UInt8(ascii: "b"))
        case 0x0c: buffer.append(UInt8(ascii: "f"))
        default:
            buffer.append("u00" as StaticString)
            buffer.append(ASCII.hexDigit(byte >> 4))
            buffer.append(ASCII.hexDigit(byte & 15))
        }
    }
}
