import Bytes
import JSON
import Markdown
import Routing

/// What a text would look like if it were posted.
struct Preview: JSONRecord {
    let interpretation: Interpretation

    init(_ interpretation: Interpretation) { self.interpretation = interpretation }

    static let members: [JSONMember<Preview>] = [
        .string("html", \.interpretation.rendered.html),
        JSONMember("mentions", as: ListForm<IDForm>.self) { preview, writer in
            writer.beginArray()
            for user in preview.interpretation.people { writer.integer(user) }
            writer.endArray()
        },
        .records("quotes", \.interpretation.quotes),
        .records("warnings") { preview in
            preview.interpretation.rendered.warnings.map(ShownWarning.init)
        },
    ]
}

/// A warning as a program knows it, and as a person reads it.
struct ShownWarning: JSONRecord {
    let warning: MarkdownWarning

    static let members: [JSONMember<ShownWarning>] = [
        .string("code", \.warning.rawValue),
        .string("detail", \.warning.detail),
    ]
}

extension Preview: ResponseConvertible {}
