import JSON

/// A parameter of a query.
package struct QueryDocumentation: Sendable {
    let name: String
    let schema: JSONSchema
    let summary: String

    /// Any text.
    package static func text(_ name: String, _ summary: String = "") -> QueryDocumentation {
        QueryDocumentation(name: name, schema: .string(length: nil), summary: summary)
    }

    /// A whole number within `range`.
    package static func integer(
        _ name: String, in range: ClosedRange<Int64>, _ summary: String = ""
    ) -> QueryDocumentation {
        QueryDocumentation(name: name, schema: .integer(range), summary: summary)
    }

    /// The number of a thing.
    package static func id(_ name: String, _ summary: String = "") -> QueryDocumentation {
        QueryDocumentation(name: name, schema: IDForm.schema, summary: summary)
    }

    /// One of the words that `Word` knows.
    package static func word<Word: RawRepresentable & CaseIterable>(
        _ name: String, _ type: Word.Type, _ summary: String = ""
    ) -> QueryDocumentation where Word.RawValue == String {
        QueryDocumentation(name: name, schema: WordForm<Word>.schema, summary: summary)
    }

    /// A time of RFC 3339.
    package static func time(_ name: String, _ summary: String = "") -> QueryDocumentation {
        QueryDocumentation(name: name, schema: .time, summary: summary)
    }
}
