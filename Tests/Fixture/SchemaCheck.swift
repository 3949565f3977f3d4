package import JSON

/// Checks values against schemas of an OpenAPI document, as far as our documents use JSON Schema:
/// type, enum, properties, required, items, anyOf, $ref, and bounds.
package struct SchemaCheck: Sendable {
    private let document: JSONValue

    /// References are looked up in `document`.
    package init(_ document: JSONValue) { self.document = document }

    /// What is wrong with `value`, by place; empty when nothing is.
    package func faults(
        _ value: JSONValue, _ schema: JSONValue, at place: String = ""
    ) -> [String] {
        if case .string(let reference)? = schema["$ref"] {
            guard let target = resolve(reference) else { return ["\(place) \(reference)?"] }
            return self.faults(value, target, at: place)
        }
        if case .array(let choices)? = schema["anyOf"] {
            let all = choices.map { self.faults(value, $0, at: place) }
            return all.contains { $0.isEmpty } ? [] : all.flatMap(\.self)
        }
        var faults: [String] = []
        if case .string(let type)? = schema["type"], !isOf(type, value) {
            return ["\(place) is no \(type)"]
        }
        if case .array(let words)? = schema["enum"], !words.contains(value) {
            faults.append("\(place) is none of the words")
        }
        faults += bounds(value, schema, at: place)
        switch value {
        case .object(let object): faults += members(object, schema, at: place)
        case .array(let elements):
            guard let items = schema["items"] else { break }
            for (index, element) in elements.enumerated() {
                faults += self.faults(element, items, at: "\(place)/\(index)")
            }
        default: break
        }
        return faults
    }

    /// The value at a reference such as `#/components/schemas/Topic`.
    package func resolve(_ reference: String) -> JSONValue? {
        guard reference.hasPrefix("#/") else { return nil }
        return reference.dropFirst(2).split(separator: "/").reduce(document as JSONValue?) {
            guard case .object(let object)? = $0 else { return nil }
            let name = String($1)
            return object.members.first { $0.name == name }?.value
        }
    }

    private func members(
        _ object: JSONObject, _ schema: JSONValue, at place: String
    ) -> [String] {
        var faults: [String] = []
        if case .array(let required)? = schema["required"] {
            for case .string(let name) in required
            where !object.members.contains(where: { $0.name == name }) {
                faults.append("\(place) lacks \(name)")
            }
        }
        guard case .object(let properties)? = schema["properties"] else { return faults }
        for member in object.members {
            guard let known = properties.members.first(where: { $0.name == member.name }) else {
                faults.append("\(place)/\(member.name) is not described")
                continue
            }
            faults += self.faults(member.value, known.value, at: "\(place)/\(member.name)")
        }
        return faults
    }

    private func isOf(_ type: String, _ value: JSONValue) -> Bool {
        switch (type, value) {
        case ("object", .object), ("array", .array), ("string", .string), ("boolean", .bool),
            ("integer", .integer), ("number", .integer), ("number", .number), ("null", .null):
            true
        default: false
        }
    }

    private func bounds(_ value: JSONValue, _ schema: JSONValue, at place: String) -> [String] {
        let (size, least, most): (Int64, JSONValue?, JSONValue?)
        switch value {
        case .integer(let number):
            (size, least, most) = (number, schema["minimum"], schema["maximum"])
        case .string(let text):
            size = Int64(text.unicodeScalars.count)
            (least, most) = (schema["minLength"], schema["maxLength"])
        case .array(let elements):
            size = Int64(elements.count)
            (least, most) = (schema["minItems"], schema["maxItems"])
        default: return []
        }
        if case .integer(let bound)? = least, size < bound { return ["\(place) is below \(bound)"] }
        if case .integer(let bound)? = most, size > bound { return ["\(place) is above \(bound)"] }
        return []
    }
}
