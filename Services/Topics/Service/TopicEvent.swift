import Bytes
import JSON
import Outbox
import Routing
import SQLite
import TopicsAPI

/// What topics tell the other services.
enum TopicEvent {
    /// The kind of the state; a snapshot of `thread` brings the same.
    static let changedKind = "thread.changed"
    static let openedKind = "thread.opened"
    static let purgedKind = "thread.purged"
    /// The name of the snapshot.
    static let snapshotKind = "thread"

    /// Everything that others may know of a topic; `moderators` are those of its category alone.
    static func changed<Source: Reader & ~Copyable>(
        _ row: TopicRow, in reader: borrowing Source
    ) throws -> Event {
        let topic = row.topic
        let moderators = try reader.all(
            Topics.CategoryQueries.moderators, topic.category.rawValue)
        var json = JSONWriter(capacity: 384)
        json.beginObject()
        json.key("id")
        json.integer(topic.id.rawValue)
        json.key("version")
        json.integer(topic.version)
        json.key("title")
        json.string(topic.title)
        json.key("category")
        json.integer(topic.category.rawValue)
        json.key("locked")
        json.bool(row.lock != nil)
        json.key("lockedUntil")
        if let until = row.lock?.until {
            json.timestamp(Timestamp(milliseconds: until))
        } else {
            json.null()
        }
        json.key("state")
        json.string(topic.state.rawValue)
        json.key("visibility")
        json.string(row.levels.read == Role.guest.level ? "public" : "hidden")
        json.key("createdBy")
        json.integer(topic.createdBy.rawValue)
        json.key("readRole")
        json.string(Role(level: row.levels.read).rawValue)
        json.key("replyRole")
        json.string(Role(level: row.levels.reply).rawValue)
        json.key("moderators")
        json.beginArray()
        for user in moderators { json.integer(user) }
        json.endArray()
        json.endObject()
        return .state(
            changedKind, key: .number(topic.id.rawValue), version: topic.version,
            body: json.finish())
    }

    /// The text that a topic opens with, for the messages service to take once.
    static func opened(_ topic: ID<Topic>, by user: Int64, _ text: String) -> Event {
        var json = JSONWriter(capacity: text.utf8.count + 128)
        json.beginObject()
        json.key("thread")
        json.integer(topic.rawValue)
        json.key("user")
        json.integer(user)
        json.key("text")
        json.string(text)
        json.key("key")
        json.string(openingKey(topic))
        json.endObject()
        return .fact(openedKind, key: .text(openingKey(topic)), body: json.finish())
    }

    static func openingKey(_ topic: ID<Topic>) -> String { "opening:\(topic.rawValue)" }

    /// A topic of which nothing is left.
    static func purged(_ topic: ID<Topic>) -> Event {
        var json = JSONWriter(capacity: 32)
        json.beginObject()
        json.key("id")
        json.integer(topic.rawValue)
        json.endObject()
        return .fact(purgedKind, key: .number(topic.rawValue), body: json.finish())
    }
}
