import Bytes

/// A place in lent bytes and the lexical rules of JSON: white space, strings, numbers, words.
///
/// Safe to use while the bytes are lent: every access is checked against `count`.
@safe
struct JSONScanner {
    private let base: UnsafeRawPointer
    let count: Int
    var position = 0
    /// Whether strings may hold what is no Unicode; `flaw` then keeps the first of these.
    var isLenient = false
    var flaw: JSONError?

    /// `bytes` must outlive the scanner; the callers in this module keep it inside the lending
    /// call.
    init(_ bytes: UnsafeRawBufferPointer) {
        // An empty buffer may have no address; no byte of it is ever read.
        unsafe base = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 1).unsafelyUnwrapped
        count = bytes.count
    }

    @inline(__always)
    func byte(at index: Int) -> UInt8 {
        precondition(index >= 0 && index < count, "only lent bytes are read")
        return unsafe base.load(fromByteOffset: index, as: UInt8.self)
    }

    /// The byte at the position; nil at the end.
    @inline(__always)
    var current: UInt8? { position < count ? byte(at: position) : nil }

    func bytes(_ slice: Slice) -> UnsafeRawBufferPointer {
        precondition(slice.upper <= count, "a slice lies in the lent bytes")
        return unsafe UnsafeRawBufferPointer(start: base + slice.lower, count: Int(slice.count))
    }

    @inline(__always)
    mutating func skipSpace() {
        while position < count {
            let byte = byte(at: position)
            guard byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 else { return }
            position += 1
        }
    }

    /// Takes `word`, whose first letter has been seen.
    mutating func take(word: StaticString) throws(JSONError) {
        for index in 0..<word.utf8CodeUnitCount {
            guard let byte = current else { throw JSONError(.unexpectedEnd, at: position) }
            guard unsafe byte == word.utf8Start[index] else {
                throw JSONError(.unexpectedByte, at: position)
            }
            position += 1
        }
    }

    /// Eight bytes from the position, the first one lowest; only while eight are left.
    @inline(__always)
    private var nextWord: UInt64 {
        UInt64(littleEndian: unsafe base.loadUnaligned(fromByteOffset: position, as: UInt64.self))
    }

    /// Takes a string whose opening quote lies at the position, checking every byte.
    @inline(__always)
    mutating func takeString() throws(JSONError) -> JSONText {
        position += 1
        let start = position
        var hasEscapes = false
        while true {
            skipPlain()
            guard let byte = current else { throw JSONError(.unexpectedEnd, at: position) }
            switch byte {
            case UInt8(ascii: "\""):
                let place = Slice(offset: start, count: position - start)
                position += 1
                return JSONText(place: place, hasEscapes: hasEscapes)
            case UInt8(ascii: "\\"):
                hasEscapes = true
                try checkEscape()
            case 0..<0x20: throw JSONError(.controlCharacter, at: position)
            default: try checkScalar()
            }
        }
    }

    /// Throws, or where that is allowed notes, that a string is no Unicode from there on.
    mutating func complain(_ reason: JSONError.Reason, at offset: Int) throws(JSONError) {
        let error = JSONError(reason, at: offset)
        guard isLenient else { throw error }
        if flaw == nil { flaw = error }
    }

    /// Moves over ASCII that needs no attention: eight bytes at a time while there are eight.
    @inline(__always)
    private mutating func skipPlain() {
        while position &+ 8 <= count {
            let special = JSONWord.special(nextWord)
            if special == 0 { position &+= 8; continue }
            position &+= special.trailingZeroBitCount >> 3
            return
        }
        while position < count, JSONScanner.isPlain(byte(at: position)) { position &+= 1 }
    }

    @inline(__always)
    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x80 && byte != 0x22 && byte != 0x5c
    }
}
