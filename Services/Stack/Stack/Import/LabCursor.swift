import Bytes
import JSON

/// A position in the bytes that a step of the scanner may look at.
///
/// Safe to use while the bytes are lent: it never leaves the step, and every access is checked.
@safe
struct LabCursor {
    private let bytes: UnsafeRawBufferPointer
    /// Whether nothing comes after these bytes.
    let isEnd: Bool
    var position = 0

    init(_ bytes: UnsafeRawBufferPointer, isEnd: Bool) {
        unsafe self.bytes = bytes
        self.isEnd = isEnd
    }

    var count: Int { unsafe bytes.count }

    /// The byte at the position; nil at the end of what is here.
    var current: UInt8? {
        guard position < count else { return nil }
        return unsafe bytes[position]
    }

    mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 {
            position += 1
        }
    }

    mutating func take(_ byte: UInt8) throws(LabFault) {
        guard current == byte else { throw fault(.unexpectedByte) }
        position += 1
    }

    func fault(_ reason: JSONError.Reason) -> LabFault {
        LabFault(.notJSON(reason), at: position)
    }

    /// The object at the position and where it ends; nil with the end of any other value.
    func record() throws(JSONError) -> (record: LabRecord?, end: Int) {
        try unsafe LabRecord.read(bytes, from: position)
    }

    /// Passes what belongs to the value that `skipper` is in.
    mutating func pass(_ skipper: inout ValueSkipper) {
        position += unsafe skipper.skip(bytes, from: position)
    }

    /// A name and its colon, and the space after it; nil, at the same position, if they end in
    /// bytes that are not here yet.
    mutating func takeName() throws(LabFault) -> String? {
        let start = position
        guard current == UInt8(ascii: "\"") else { throw fault(.unexpectedByte) }
        guard let name = try takeString() else { return nil }
        skipSpace()
        if current != nil {
            try take(UInt8(ascii: ":"))
            skipSpace()
            if current != nil { return name }
        }
        if isEnd { throw fault(.unexpectedEnd) }
        position = start
        return nil
    }

    private mutating func takeString() throws(LabFault) -> String? {
        let start = position
        let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[start...])
        do {
            let (text, length) = try unsafe JSONReader.read(rest) {
                (reader) throws(JSONError) -> (String, Int) in
                guard case .string(let text) = try reader.next() else { return ("", 0) }
                return (reader.text(text), reader.offset)
            }
            guard length <= ImportLimits.nameBytesMax else {
                throw LabFault(.nameTooLong, at: start)
            }
            position += length
            return text
        } catch let error as JSONError {
            if !isEnd && rest.count <= ImportLimits.nameBytesMax { return nil }
            if error.reason == .unexpectedEnd && !isEnd { throw LabFault(.nameTooLong, at: start) }
            throw LabFault(error, from: start)
        } catch let fault as LabFault {
            throw fault
        } catch {
            preconditionFailure("nothing else is thrown above")
        }
    }

    /// What kind of value starts at `index`, in a person's words.
    func kind(at index: Int) -> StaticString {
        switch unsafe bytes[index] {
        case UInt8(ascii: "["): "an array"
        case UInt8(ascii: "\""): "a string"
        case UInt8(ascii: "t"), UInt8(ascii: "f"): "a boolean"
        case UInt8(ascii: "n"): "null"
        default: "a number"
        }
    }

    /// Why there is no JSON value at the position; nil if one begins there as it should.
    func faultOfValue() -> LabFault? {
        let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[position...])
        do {
            _ = try unsafe JSONReader.read(rest) { (reader) throws(JSONError) in
                try reader.next()
            }
            return nil
        } catch {
            return LabFault(error, from: position)
        }
    }
}
