import Bytes
import JSON

// Schemas in JSON Schema's words (draft 2020-12). Objects are described once and referred to.
extension OpenAPIWriter {
    mutating func schema(_ schema: JSONSchema) {
        json.beginObject()
        switch schema {
        case .anything: break
        case .bool: json.member("type", "boolean")
        case .integer(let range):
            json.member("type", "integer")
            if let range { bounds(range) }
        case .number: json.member("type", "number")
        case .string(let length):
            json.member("type", "string")
            if let length { bounds(length, "minLength", "maxLength") }
        case .time:
            json.member("type", "string")
            json.member("format", "date-time")
        case .word(let words):
            json.member("type", "string")
            json.key("enum")
            json.beginArray()
            for word in words { json.string(word) }
            json.endArray()
        case .array(let element, let count):
            json.member("type", "array")
            json.key("items")
            self.schema(element)
            if let count { bounds(count, "minItems", "maxItems") }
        case .nullable(let inner):
            json.key("anyOf")
            json.beginArray()
            self.schema(inner)
            json.raw(#"{"type":"null"}"#)
            json.endArray()
        case .object(let object):
            json.member("$ref", "#/components/schemas/\(objects.name(of: object))")
        }
        json.endObject()
    }

    mutating func object(_ object: JSONObjectSchema) {
        let members = object.members
        json.beginObject()
        json.member("type", "object")
        json.key("properties")
        json.beginObject()
        for member in members {
            json.key(member.name)
            schema(member.schema)
        }
        json.endObject()
        let required = members.filter(\.isRequired)
        if !required.isEmpty {
            json.key("required")
            json.beginArray()
            for member in required { json.string(member.name) }
            json.endArray()
        }
        json.endObject()
    }

    private mutating func bounds(_ range: ClosedRange<Int64>) {
        if range.lowerBound != .min {
            json.key("minimum")
            json.integer(range.lowerBound)
        }
        if range.upperBound != .max {
            json.key("maximum")
            json.integer(range.upperBound)
        }
    }

    private mutating func bounds(
        _ range: ClosedRange<Int>, _ least: StaticString, _ most: StaticString
    ) {
        if range.lowerBound > 0 {
            json.key(least)
            json.integer(range.lowerBound)
        }
        if range.upperBound != .max {
            json.key(most)
            json.integer(range.upperBound)
        }
    }
}
