/// What is wrong with one member of a document, in words that a client program can switch on.
package struct JSONComplaint: Equatable, Sendable {
    /// Where: a JSON pointer (RFC 6901), empty for the whole document.
    package let pointer: String
    /// A stable slug such as `required`; the usual ones are named below.
    package let code: String
    /// One sentence for a person; never repeats what was sent.
    package let detail: String

    /// `detail` is shown to whoever sent the document.
    package init(pointer: String, code: String, detail: String) {
        self.pointer = pointer
        self.code = code
        self.detail = detail
    }

    /// The member is missing or null.
    package static let required = "required"
    /// The value is of another type.
    package static let wrongType = "wrong-type"
    /// Fewer characters or elements than needed.
    package static let tooShort = "too-short"
    /// More characters or elements than allowed.
    package static let tooLong = "too-long"
    /// A number below or above what is allowed.
    package static let outOfRange = "out-of-range"
    /// A string with U+0000, which stores and shells would cut.
    package static let containsNUL = "contains-nul"
    /// A string that is no Unicode: half a surrogate pair, or bytes that are not UTF-8.
    package static let notUnicode = "not-unicode"
    /// A word that is none of the listed ones.
    package static let unknownValue = "unknown-value"
    /// A member that nobody asked for, under strict handling.
    package static let unknownMember = "unknown-member"
}

/// All that is wrong with a document: valid JSON, but not the message it should be.
package struct JSONRejection: Error, Equatable, Sendable {
    /// At least one complaint, in the order in which the members were asked for.
    package let complaints: [JSONComplaint]
}
