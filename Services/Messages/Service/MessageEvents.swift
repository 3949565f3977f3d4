import Bytes
import JSON
import MessagesAPI
import Outbox
import SQLite

// What the other services are told.
extension Messages {
    static let snapshotKind = "post"

    static let snapshotTable = SnapshotTable(
        snapshotKind,
        numbered: { reader, after, limit in
            try reader.all(Queries.snapshot, after, limit).map(\.event)
        })
}

extension Event {
    /// The state of a message.
    static func changed(_ message: Message) -> Event { MessageOutline(message).event }

    /// That a message is gone for good.
    static func purged(_ id: Int64) -> Event {
        .fact("post.purged", key: .number(id), body: ByteString("{\"id\":\(id)}"))
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
