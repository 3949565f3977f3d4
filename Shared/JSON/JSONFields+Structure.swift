extension JSONFields {
    /// An object that is a message of its own.
    package mutating func requiredObject<Message: JSONDecodable>(
        _ name: StaticString, as type: Message.Type
    ) -> Message {
        required(name, type.requestSchema, JSONFields.placeholder(type)) {
            $0.object(name, type, $1)
        }
    }

    /// The same, or nil when absent or null or of another type.
    package mutating func optionalObject<Message: JSONDecodable>(
        _ name: StaticString, as type: Message.Type
    ) -> Message? {
        optional(name, type.requestSchema) { $0.object(name, type, $1) }
    }

    mutating func object<Message: JSONDecodable>(
        _ name: StaticString, _ type: Message.Type, _ value: JSONValue
    ) -> Message? {
        guard case .object(let object) = value else {
            wrongType(name, "an object", value)
            return nil
        }
        return nested(type, object, at: "\(name)")
    }

    /// Never seen by anybody: there is a complaint already.
    private static func placeholder<Message: JSONDecodable>(_ type: Message.Type) -> Message {
        var empty = JSONFields(JSONObject(), strict: false)
        return Message(from: &empty)
    }
}
