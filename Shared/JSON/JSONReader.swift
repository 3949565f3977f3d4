package import Bytes

/// A strict pull tokenizer for one JSON text (RFC 8259): every byte is checked, nothing is guessed.
///
/// Refused beyond the grammar: a byte order mark, lone surrogates, bytes that are not UTF-8, more
/// than `JSONLimits.depthMax` levels. Names of members are not remembered: `JSONValue` refuses
/// those that come twice. After an error the reader must not be asked again.
package struct JSONReader: ~Copyable {
    private enum Expected { case value, valueOrEnd, key, keyOrEnd, commaOrEnd, nothing }

    private var scanner: JSONScanner
    private var expected = Expected.value
    /// One bit a level, the innermost lowest: set for an object.
    private var levels: UInt64 = 0
    /// Arrays and objects open now.
    package private(set) var depth = 0

    private init(_ scanner: JSONScanner) { self.scanner = scanner }

    /// Lends a reader of `bytes` for the length of the call.
    package static func read<Result, Failure: Error>(
        _ bytes: UnsafeRawBufferPointer,
        _ body: (inout JSONReader) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var reader = unsafe JSONReader(JSONScanner(bytes))
        return try body(&reader)
    }

    /// The same for bytes that are kept.
    package static func read<Result, Failure: Error>(
        _ bytes: ByteString, _ body: (inout JSONReader) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try unsafe bytes.withBytes { (lent) throws(Failure) in try unsafe read(lent, body) }
    }

    /// The same for a reader that passes over strings that are no Unicode, see `takeFlaw`. Their
    /// texts must not be asked for.
    static func readLeniently<Result>(
        _ bytes: UnsafeRawBufferPointer,
        _ body: (inout JSONReader) throws(JSONError) -> Result
    ) throws(JSONError) -> Result {
        var scanner = unsafe JSONScanner(bytes)
        scanner.isLenient = true
        var reader = JSONReader(scanner)
        return try body(&reader)
    }

    /// What was wrong with the last token, if it is a string that is no Unicode.
    mutating func takeFlaw() -> JSONError? {
        defer { scanner.flaw = nil }
        return scanner.flaw
    }

    /// Bytes taken so far.
    package var offset: Int { scanner.position }

    /// The text of a key or string token of this reader.
    @inline(__always)
    package func text(_ text: JSONText) -> String { scanner.text(text) }

    /// Whether a key or string token spells `name`, byte for byte.
    package func spells(_ text: JSONText, _ name: StaticString) -> Bool {
        scanner.spells(text, name)
    }

    /// The characters of a number token.
    package func text(_ number: Slice) -> String {
        unsafe String(decoding: scanner.bytes(number), as: UTF8.self)
    }

    /// The next token; `end` once the value is complete and only white space is left.
    @inline(__always)
    package mutating func next() throws(JSONError) -> JSONToken {
        scanner.skipSpace()
        guard let byte = scanner.current else { return try atEnd() }
        switch expected {
        case .commaOrEnd: return try afterValue(byte)
        case .value, .valueOrEnd, .key, .keyOrEnd: return try token(byte)
        case .nothing: throw JSONError(.trailingBytes, at: scanner.position)
        }
    }

    /// Passes the value that comes next, whole.
    package mutating func skipValue() throws(JSONError) {
        let outside = depth
        repeat {
            if case .end = try next() { throw JSONError(.unexpectedEnd, at: offset) }
        } while depth > outside || isAtKey
    }

    private var isAtKey: Bool { expected == .value && depth > 0 && levels & 1 == 1 }

    private func atEnd() throws(JSONError) -> JSONToken {
        guard expected == .nothing else { throw JSONError(.unexpectedEnd, at: scanner.position) }
        return .end
    }

    private mutating func afterValue(_ byte: UInt8) throws(JSONError) -> JSONToken {
        let isObject = levels & 1 == 1
        if byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) { return close(isObject) }
        guard byte == UInt8(ascii: ",") else { throw fault() }
        scanner.position += 1
        scanner.skipSpace()
        expected = isObject ? .key : .value
        guard let byte = scanner.current else { return try atEnd() }
        return try token(byte)
    }

    @inline(__always)
    private mutating func token(_ byte: UInt8) throws(JSONError) -> JSONToken {
        if expected == .key || expected == .keyOrEnd { return try key(byte) }
        switch byte {
        case UInt8(ascii: "\""):
            let text = try scanner.takeString()
            return finish(.string(text))
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
            return finish(try scanner.takeNumber())
        case UInt8(ascii: "{"): return try open(isObject: true)
        case UInt8(ascii: "["): return try open(isObject: false)
        case UInt8(ascii: "]") where expected == .valueOrEnd: return close(false)
        default: return finish(try word(byte))
        }
    }

    private mutating func word(_ byte: UInt8) throws(JSONError) -> JSONToken {
        switch byte {
        case UInt8(ascii: "t"):
            try scanner.take(word: "true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try scanner.take(word: "false")
            return .bool(false)
        case UInt8(ascii: "n"):
            try scanner.take(word: "null")
            return .null
        default: throw fault()
        }
    }

    @inline(__always)
    private mutating func key(_ byte: UInt8) throws(JSONError) -> JSONToken {
        if byte == UInt8(ascii: "}"), expected == .keyOrEnd { return close(true) }
        guard byte == UInt8(ascii: "\"") else { throw fault() }
        let text = try scanner.takeString()
        scanner.skipSpace()
        guard let colon = scanner.current else {
            throw JSONError(.unexpectedEnd, at: scanner.position)
        }
        guard colon == UInt8(ascii: ":") else { throw fault() }
        scanner.position += 1
        expected = .value
        return .key(text)
    }

    private mutating func open(isObject: Bool) throws(JSONError) -> JSONToken {
        guard depth < JSONLimits.depthMax else { throw JSONError(.tooDeep, at: scanner.position) }
        scanner.position += 1
        depth += 1
        levels = levels << 1 | (isObject ? 1 : 0)
        expected = isObject ? .keyOrEnd : .valueOrEnd
        return isObject ? .beginObject : .beginArray
    }

    private mutating func close(_ isObject: Bool) -> JSONToken {
        scanner.position += 1
        depth -= 1
        levels >>= 1
        return finish(isObject ? .endObject : .endArray)
    }

    @inline(__always)
    private mutating func finish(_ token: JSONToken) -> JSONToken {
        expected = depth == 0 ? .nothing : .commaOrEnd
        return token
    }

    /// A byte order mark gets its own word: it is the one invisible cause.
    private func fault() -> JSONError {
        let position = scanner.position
        let isMark =
            position == 0 && scanner.count >= 3 && scanner.byte(at: 0) == 0xef
            && scanner.byte(at: 1) == 0xbb && scanner.byte(at: 2) == 0xbf
        return JSONError(isMark ? .byteOrderMark : .unexpectedByte, at: position)
    }
}
