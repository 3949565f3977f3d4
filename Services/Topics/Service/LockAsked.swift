import Bytes
import JSON
import Outbox
import SQLite
import TopicsAPI

/// That whoever decided a flag wants the topic of the message locked: the body of
/// `post.lock-asked`. Who may ask for that, the messages service knows.
struct LockAsked: JSONDecodable {
    static let kind = "post.lock-asked"
    private static let takenKind = "thread.lock-taken"

    private let topic: ID<Topic>
    private let reason: String

    init(from fields: inout JSONFields) {
        topic = fields.requiredID("thread", as: Topic.self)
        reason = fields.requiredString("reason", length: TopicLimits.reasonCharacters)
    }

    /// Locks the topic, once for each time that it was asked: what is heard again is known by what
    /// was told here, so that whoever unlocked it in between is not overruled.
    func take(_ key: EventKey, _ transaction: borrowing Transaction) throws {
        if try Outbox.tells(LockAsked.takenKind, about: key, in: transaction) { return }
        var json = JSONWriter(capacity: 32)
        json.beginObject()
        json.key("thread")
        json.integer(topic.rawValue)
        json.endObject()
        try Outbox.append(
            .fact(LockAsked.takenKind, key: key, body: json.finish()), in: transaction)
        let row = try transaction.topic(topic.rawValue)
        guard let row, row.topic.state != .purged, row.lock == nil else { return }
        try transaction.run(Topics.Queries.lock, topic.rawValue, true, nil, reason)
        _ = try Topics.finish(topic, transaction)
    }
}
