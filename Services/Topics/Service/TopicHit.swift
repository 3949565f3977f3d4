import JSON
import TopicsAPI

/// A thread that was found, with the words around what was looked for.
struct TopicHit: Sendable {
    let view: TopicView
    /// HTML: escaped text in which what was found stands in `<mark>`.
    let snippet: String

    /// `marked` has U+0002 before and U+0003 behind what was found.
    init(_ view: TopicView, marked: String) {
        self.view = view
        var html = ""
        for scalar in marked.unicodeScalars {
            switch scalar {
            case "\u{2}": html += "<mark>"
            case "\u{3}": html += "</mark>"
            case "&": html += "&amp;"
            case "<": html += "&lt;"
            case ">": html += "&gt;"
            case "\"": html += "&quot;"
            default: html.unicodeScalars.append(scalar)
            }
        }
        snippet = html
    }
}

extension TopicHit: JSONRecord {
    static let schemaName = "FoundThread"

    static let members: [JSONMember<TopicHit>] = [
        .id("id", \.view.row.topic.id),
        .string("title", \.view.row.topic.title),
        .string("slug", \.view.row.topic.slug),
        .record("author", \.view.author),
        .record("category", \.view.row.category),
        .integer("replyCount", \.view.row.replyCount),
        .timestamp("lastPostAt", orNull: { $0.view.row.lastPost?.at }),
        .string("snippet", \.snippet),
    ]
}
