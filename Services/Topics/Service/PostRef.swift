import Bytes
import JSON
import Outbox
import SQLite

/// A message as far as topics know it.
struct PostRef: Equatable, Sendable {
    /// The kind of event that tells of it.
    static let kind = "post.changed"
    /// A message that is gone for good.
    static let purgedKind = "post.purged"

    let id: Int64
    let version: Int64
    let topic: Int64
    /// Its place in the topic: 1 is what the topic opens with.
    let number: Int64
    let user: Int64
    let state: String
    let at: Int64

    /// Columns: id, version, topic, number, user, state, at.
    init(row: borrowing Row) {
        id = row.int64(0)
        version = row.int64(1)
        topic = row.int64(2)
        number = row.int64(3)
        user = row.int64(4)
        state = row.text(5)
        at = row.int64(6)
    }

    var isVisible: Bool { state == PostRef.visible }
    var isReply: Bool { number != 1 }

    static let visible = "visible"

    /// Whether `other` is the same but for its version.
    func says(_ other: PostRef) -> Bool {
        id == other.id && topic == other.topic && number == other.number && user == other.user
            && state == other.state && at == other.at
    }
}

extension PostRef: JSONDecodable {
    init(from fields: inout JSONFields) {
        id = fields.requiredInteger("id", in: 1...Int64.max)
        version = fields.requiredInteger("version", in: 1...Int64.max)
        topic = fields.requiredInteger("thread", in: 1...Int64.max)
        number = fields.requiredInteger("number", in: 1...Int64.max)
        user = fields.requiredInteger("user", in: 1...Int64.max)
        state = fields.requiredString("state", length: 1...32)
        at = fields.requiredTimestamp("createdAt").milliseconds
    }
}
