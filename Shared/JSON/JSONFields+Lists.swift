package import Bytes

// Lists whose elements have one type. Each wrong element is a complaint of its own, with its place.
extension JSONFields {
    /// A list of messages.
    package mutating func requiredArray<Message: JSONDecodable>(
        _ name: StaticString, of type: Message.Type, count: ClosedRange<Int>
    ) -> [Message] {
        required(name, .array(type.requestSchema, count: count), []) {
            $0.objects(name, type, $1, count)
        }
    }

    /// The same; nil when absent, null or of another type or count.
    package mutating func optionalArray<Message: JSONDecodable>(
        _ name: StaticString, of type: Message.Type, count: ClosedRange<Int>
    ) -> [Message]? {
        optional(name, .array(type.requestSchema, count: count)) {
            $0.objects(name, type, $1, count)
        }
    }

    /// A list of strings, each of `length` characters.
    package mutating func requiredStrings(
        _ name: StaticString, count: ClosedRange<Int>, length: ClosedRange<Int> = 0...Int.max
    ) -> [String] {
        required(name, .array(.string(length: length), count: count), []) {
            $0.strings(name, $1, count, length)
        }
    }

    /// The same; nil when absent or null.
    package mutating func optionalStrings(
        _ name: StaticString, count: ClosedRange<Int>, length: ClosedRange<Int> = 0...Int.max
    ) -> [String]? {
        optional(name, .array(.string(length: length), count: count)) {
            $0.strings(name, $1, count, length)
        }
    }

    /// A list of words that `Word` knows.
    package mutating func requiredWords<Word: RawRepresentable & CaseIterable>(
        _ name: StaticString, _ type: Word.Type, count: ClosedRange<Int>
    ) -> [Word] where Word.RawValue == String {
        required(name, .array(WordForm<Word>.schema, count: count), []) { fields, value in
            fields.elements(name, value, count) { $0.word($1, type, $2) }
        }
    }

    /// The same; nil when absent or null.
    package mutating func optionalWords<Word: RawRepresentable & CaseIterable>(
        _ name: StaticString, _ type: Word.Type, count: ClosedRange<Int>
    ) -> [Word]? where Word.RawValue == String {
        optional(name, .array(WordForm<Word>.schema, count: count)) { fields, value in
            fields.elements(name, value, count) { $0.word($1, type, $2) }
        }
    }

    /// A list of the numbers of `Thing`s.
    package mutating func requiredIDs<Thing>(
        _ name: StaticString, as type: Thing.Type, count: ClosedRange<Int>
    ) -> [ID<Thing>] {
        required(name, .array(IDForm.schema, count: count), []) { fields, value in
            fields.ids(name, type, value, count)
        }
    }

    /// The same; nil when absent or null.
    package mutating func optionalIDs<Thing>(
        _ name: StaticString, as type: Thing.Type, count: ClosedRange<Int>
    ) -> [ID<Thing>]? {
        optional(name, .array(IDForm.schema, count: count)) { fields, value in
            fields.ids(name, type, value, count)
        }
    }

    private mutating func ids<Thing>(
        _ name: StaticString, _ type: Thing.Type, _ value: JSONValue, _ count: ClosedRange<Int>
    ) -> [ID<Thing>]? {
        elements(name, value, count) { fields, path, element in
            fields.integer(path, element, 1...ID<Thing>.rawValueMax).map { ID($0) }
        }
    }

    mutating func strings(
        _ name: StaticString, _ value: JSONValue, _ count: ClosedRange<Int>,
        _ length: ClosedRange<Int>
    ) -> [String]? {
        elements(name, value, count) { fields, path, element in
            guard case .string(let text) = element else {
                let detail = "a string is expected, not \(element.kind)"
                fields.complain(path, JSONComplaint.wrongType, detail)
                return nil
            }
            return fields.checks(path, text, length) ? text : nil
        }
    }

    private mutating func objects<Message: JSONDecodable>(
        _ name: StaticString, _ type: Message.Type, _ value: JSONValue, _ count: ClosedRange<Int>
    ) -> [Message]? {
        elements(name, value, count) { fields, path, element in
            guard case .object(let object) = element else {
                let detail = "an object is expected, not \(element.kind)"
                fields.complain(path, JSONComplaint.wrongType, detail)
                return nil
            }
            return fields.nested(type, object, at: path)
        }
    }

    /// The elements that `read` understands, if there are as many as `count` allows.
    private mutating func elements<Element>(
        _ name: StaticString, _ value: JSONValue, _ count: ClosedRange<Int>,
        _ read: (inout JSONFields, String, JSONValue) -> Element?
    ) -> [Element]? {
        guard case .array(let elements) = value else {
            wrongType(name, "an array", value)
            return nil
        }
        if elements.count < count.lowerBound {
            complain(name, JSONComplaint.tooShort, "at least \(count.lowerBound) elements")
            return nil
        }
        if elements.count > count.upperBound {
            complain(name, JSONComplaint.tooLong, "at most \(count.upperBound) elements")
            return nil
        }
        var readElements: [Element] = []
        for (index, element) in elements.enumerated() {
            if let one = read(&self, "\(name)/\(index)", element) { readElements.append(one) }
        }
        return readElements
    }
}
