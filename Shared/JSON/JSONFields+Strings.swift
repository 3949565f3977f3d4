extension JSONFields {
    /// A string of `length` characters. Characters are Unicode scalars: the same count in every
    /// version of Unicode, in SQLite and in most client languages. U+0000 is refused.
    package mutating func requiredString(
        _ name: StaticString, length: ClosedRange<Int> = 0...Int.max
    ) -> String {
        required(name, .string(length: length), "") { $0.string(name, $1, length) }
    }

    /// The same, or nil when absent, null or complained of.
    package mutating func optionalString(
        _ name: StaticString, length: ClosedRange<Int> = 0...Int.max
    ) -> String? {
        optional(name, .string(length: length)) { $0.string(name, $1, length) }
    }

    /// One of the words that `Word` knows. The placeholder is its first case.
    package mutating func requiredWord<Word: RawRepresentable & CaseIterable>(
        _ name: StaticString, _ type: Word.Type
    ) -> Word where Word.RawValue == String {
        required(name, WordForm<Word>.schema, Word.placeholder) { $0.word("\(name)", type, $1) }
    }

    /// The same, or nil when absent, null or complained of.
    package mutating func optionalWord<Word: RawRepresentable & CaseIterable>(
        _ name: StaticString, _ type: Word.Type
    ) -> Word? where Word.RawValue == String {
        optional(name, WordForm<Word>.schema) { $0.word("\(name)", type, $1) }
    }

    mutating func string(
        _ name: StaticString, _ value: JSONValue, _ length: ClosedRange<Int>
    ) -> String? {
        guard case .string(let text) = value else {
            wrongType(name, "a string", value)
            return nil
        }
        if length.isMet(byAnyTextOf: text.utf8.count), !text.utf8.contains(0) { return text }
        return checks("\(name)", text, length) ? text : nil
    }

    mutating func word<Word: RawRepresentable & CaseIterable>(
        _ path: String, _ type: Word.Type, _ value: JSONValue
    ) -> Word? where Word.RawValue == String {
        guard case .string(let text) = value else {
            let detail = "a string is expected, not \(value.kind)"
            complain(path, JSONComplaint.wrongType, detail)
            return nil
        }
        if let word = Word(rawValue: text) { return word }
        let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
        complain(path, JSONComplaint.unknownValue, "one of: \(words)")
        return nil
    }

    mutating func checks(_ path: String, _ text: String, _ length: ClosedRange<Int>) -> Bool {
        if text.utf8.contains(0) {
            complain(path, JSONComplaint.containsNUL, "U+0000 cannot be part of a text")
            return false
        }
        let count = text.unicodeScalars.count
        if count < length.lowerBound {
            complain(path, JSONComplaint.tooShort, "at least \(length.lowerBound) characters")
        } else if count > length.upperBound {
            complain(path, JSONComplaint.tooLong, "at most \(length.upperBound) characters")
        }
        return length.contains(count)
    }
}

extension ClosedRange<Int> {
    /// Whether every text of so many UTF-8 bytes has a fitting count of scalars, one to four
    /// bytes each: then nobody needs to count.
    fileprivate func isMet(byAnyTextOf bytes: Int) -> Bool {
        bytes <= upperBound && (bytes + 3) / 4 >= lowerBound
    }
}

extension RawRepresentable where Self: CaseIterable {
    fileprivate static var placeholder: Self {
        guard let first = allCases.first else {
            preconditionFailure("a list of words has at least one word")
        }
        return first
    }
}
