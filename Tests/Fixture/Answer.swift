package import Bytes
package import HTTP
package import JSON

/// An answer as a test looks at it.
package struct Answer: Sendable {
    package let status: Int
    package let fields: Fields
    package let body: ByteString

    package init(_ response: ClientResponse) {
        status = Int(response.status.code)
        fields = response.fields
        body = response.body
    }

    package subscript(name: FieldName) -> String? { fields[name] }

    package var text: String { body.text }

    package var json: JSONValue { get throws { try JSONValue.parse(body) } }

    /// The member of an object in the body, as it would be written.
    package func member(_ name: StaticString) throws -> String? {
        guard let value = try json[name] else { return nil }
        return JSONText.of(value)
    }

    /// The JSON documents of a body with one a line.
    package var lines: [String] { text.split(separator: "\n").map(String.init) }

    /// The target of the link with this relation.
    package func link(_ relation: String) -> String? {
        guard let links = fields[.link] else { return nil }
        for link in links.split(separator: ", ") {
            let parts = link.split(separator: "; ")
            if parts.count == 2, parts[1] == "rel=\"\(relation)\"" {
                return String(parts[0].dropFirst().dropLast())
            }
        }
        return nil
    }
}

/// A value as compact JSON.
package enum JSONText {
    package static func string(_ text: String) -> String { of(.string(text)) }

    package static func of(_ value: JSONValue) -> String {
        var writer = JSONWriter()
        writer.value(value)
        return writer.finish().text
    }
}
