import JSON
import Search
import TopicsAPI

/// A thread that was found, with the words around what was looked for.
struct TopicHit: Sendable {
    let view: TopicView
    let snippet: Snippet
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
        .string("snippet", \.snippet.html),
    ]
}
