import Bytes
import JSON
import MessagesAPI
import Outbox
import SQLite
import TopicsAPI

// What the other services are told.
extension Messages {
    static let snapshotKind = "post"

    /// The messages, and how many reactions each has got.
    static let snapshots = [
        SnapshotTable(
            snapshotKind,
            numbered: { reader, after, limit in
                try reader.all(Queries.snapshot, after, limit).map(\.event)
            }),
        SnapshotTable(
            "post-reactions",
            numbered: { reader, after, limit in
                try reader.all(Queries.reactionSnapshot, after, limit).map(\.event)
            }),
    ]
}

extension Event {
    /// The state of a message.
    static func changed(_ message: Message) -> Event { MessageOutline(message).event }

    /// That a message is gone for good.
    static func purged(_ id: Int64) -> Event {
        .fact("post.purged", key: .number(id), body: ByteString("{\"id\":\(id)}"))
    }

    /// That a moderator wants `thread` locked because of a flag. A flag is decided once, and its
    /// number may come again after that.
    static func lockAsked(
        _ thread: ID<Topic>, by moderator: Int64, for flag: Flag, at now: Int64
    ) -> Event {
        var json = JSONWriter(capacity: 96)
        json.beginObject()
        json.key("thread")
        json.integer(thread.rawValue)
        json.key("by")
        json.integer(moderator)
        json.key("reason")
        json.string(flag.reason.rawValue)
        json.endObject()
        return .fact(
            "post.lock-asked", key: .text("flag:\(flag.id.rawValue):\(now)"),
            body: json.finish())
    }
}

/// What others may know of a message: everything but what it says.
struct MessageOutline: Sendable {
    let id: Int64
    let version: Int64
    let thread: Int64
    let number: Int64
    let user: Int64
    let state: MessageState
    let createdAt: Timestamp

    init(_ message: Message) {
        id = message.id.rawValue
        version = message.version
        thread = message.thread.rawValue
        number = message.number
        user = message.user.rawValue
        state = message.state
        createdAt = message.createdAt
    }

    /// Columns: id, version, thread, number, user, state, created_at.
    init(row: borrowing Row) {
        id = row.int64(0)
        version = row.int64(1)
        thread = row.int64(2)
        number = row.int64(3)
        user = row.int64(4)
        state = MessageState(code: row.int64(5))
        createdAt = Timestamp(milliseconds: row.int64(6))
    }

    var event: Event {
        var json = JSONWriter(capacity: 192)
        json.record(self)
        return .state("post.changed", key: .number(id), version: version, body: json.finish())
    }
}

extension MessageOutline: JSONRecord {
    static let members: [JSONMember<MessageOutline>] = [
        .integer("id", \.id),
        .integer("version", \.version),
        .integer("thread", \.thread),
        .integer("number", \.number),
        .integer("user", \.user),
        .word("state", \.state),
        .timestamp("createdAt", \.createdAt),
    ]
}

/// How many reactions a message has got: a state of its own, because a reaction is no change of
/// what the message says and is told more often. Its version is that of all such touches.
struct ReactionTotal: Sendable {
    let id: Int64
    let version: Int64
    let user: Int64
    let count: Int64

    init(_ message: Message) throws {
        id = message.id.rawValue
        version = message.touches
        user = message.user.rawValue
        count = try ReactionCount.all(message).reduce(0) { $0 + $1.count }
    }

    /// Columns: id, touches, user, count.
    init(row: borrowing Row) {
        id = row.int64(0)
        version = row.int64(1)
        user = row.int64(2)
        count = row.int64(3)
    }

    var event: Event {
        var json = JSONWriter(capacity: 96)
        json.record(self)
        return .state(
            "post-reactions.changed", key: .number(id), version: version, body: json.finish())
    }
}

extension ReactionTotal: JSONRecord {
    static let members: [JSONMember<ReactionTotal>] = [
        .integer("id", \.id),
        .integer("version", \.version),
        .integer("user", \.user),
        .integer("count", \.count),
    ]
}
