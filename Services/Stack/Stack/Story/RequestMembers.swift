import Bytes
import JSON

/// The members of an object that is sent; those without a value are left out.
struct RequestMembers: ExpressibleByDictionaryLiteral, Sendable {
    private let members: [(name: String, value: JSONValue)]

    init(dictionaryLiteral elements: (String, JSONValue?)...) {
        members = elements.compactMap { name, value in value.map { (name, $0) } }
    }

    var isEmpty: Bool { members.isEmpty }

    /// Nothing for no members: such a request has no body.
    var json: ByteString {
        if members.isEmpty { return ByteString() }
        var writer = JSONWriter()
        writer.beginObject()
        for (name, value) in members {
            writer.key(name)
            writer.value(value)
        }
        writer.endObject()
        return writer.finish()
    }
}

extension Optional<JSONValue> {
    /// A text, if there is one.
    static func text(_ text: String?) -> JSONValue? { text.map { .string($0) } }
    /// A number, if there is one.
    static func number(_ number: Int64?) -> JSONValue? { number.map { .integer($0) } }
    /// A list of texts.
    static func texts(_ texts: [String]) -> JSONValue? { .array(texts.map { .string($0) }) }
}
