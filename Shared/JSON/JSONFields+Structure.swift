extension JSONFields {
    /// An object that is a message of its own.
    package mutating func requiredObject<Message: JSONDecodable>(
        _ name: StaticString, as type: Message.Type
    ) -> Message {
        guard let value = value(name) else {
            missing(name)
            return placeholder(type)
        }
        return object(name, type, value) ?? placeholder(type)
    }

    /// The same, or nil when absent or null or of another type.
    package mutating func optionalObject<Message: JSONDecodable>(
        _ name: StaticString, as type: Message.Type
    ) -> Message? {
        value(name).flatMap { object(name, type, $0) }
    }

    /// An array of messages; nil when absent, null or of another type or count.
    package mutating func optionalArray<Message: JSONDecodable>(
        _ name: StaticString, of type: Message.Type, count: ClosedRange<Int>
    ) -> [Message]? {
        guard let elements = elements(name, count) else { return nil }
        var messages: [Message] = []
        for (index, element) in elements.enumerated() {
            if case .object(let object) = element {
                messages.append(nested(type, object, at: "\(name)/\(index)"))
            } else {
                let detail = "an object is expected, not \(element.kind)"
                complain("\(name)/\(index)", JSONComplaint.wrongType, detail)
            }
        }
        return messages
    }

    /// The elements of an array whose count is within `count`.
    mutating func elements(_ name: StaticString, _ count: ClosedRange<Int>) -> [JSONValue]? {
        guard let value = value(name) else { return nil }
        guard case .array(let elements) = value else {
            wrongType(name, "an array", value)
            return nil
        }
        if elements.count < count.lowerBound {
            complain(name, JSONComplaint.tooShort, "at least \(count.lowerBound) elements")
        } else if elements.count > count.upperBound {
            complain(name, JSONComplaint.tooLong, "at most \(count.upperBound) elements")
        }
        return count.contains(elements.count) ? elements : nil
    }

    private mutating func object<Message: JSONDecodable>(
        _ name: StaticString, _ type: Message.Type, _ value: JSONValue
    ) -> Message? {
        guard case .object(let object) = value else {
            wrongType(name, "an object", value)
            return nil
        }
        return nested(type, object, at: "\(name)")
    }

    /// Never seen by anybody: there is a complaint already.
    private func placeholder<Message: JSONDecodable>(_ type: Message.Type) -> Message {
        var empty = JSONFields(JSONObject(), strict: false)
        return Message(from: &empty)
    }
}
