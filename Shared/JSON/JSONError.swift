/// Why bytes are not JSON, and where: the offset counts bytes from zero.
package struct JSONError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What rule of RFC 8259, or which of this reader's stricter ones, was broken.
    package enum Reason: String, Sendable {
        case unexpectedEnd = "the text ends too early"
        case unexpectedByte = "this byte cannot stand here"
        case invalidNumber = "this is not a number of JSON"
        case numberTooLong = "a number has at most 256 characters"
        case invalidEscape = "this escape does not exist in JSON"
        case loneSurrogate = "half a surrogate pair is no character"
        case controlCharacter = "control characters in a string must be escaped"
        case invalidUTF8 = "these bytes are not UTF-8"
        case byteOrderMark = "JSON starts without a byte order mark"
        case tooDeep = "arrays and objects nest at most 32 deep"
        case duplicateMember = "an object has each member once"
        case trailingBytes = "nothing may follow the value"

        /// Whether a string is at fault, and not the text around it: what it holds is no Unicode.
        package var isOfString: Bool { self == .loneSurrogate || self == .invalidUTF8 }
    }

    /// The first byte that is wrong; the count of bytes where something is missing.
    package let offset: Int
    /// The rule that was broken.
    package let reason: Reason

    /// An error about the byte at `offset`.
    package init(_ reason: Reason, at offset: Int) {
        self.reason = reason
        self.offset = offset
    }

    /// One line with the offset, fit for a person.
    package var description: String { "byte \(offset): \(reason.rawValue)" }
}
