import Bytes
import Records
import Routing
import SQLite
import TopicsAPI

/// Inserts topics within one transaction.
struct TopicInserts {
    private var ids: IDSequence<Topic>

    init(_ transaction: borrowing Transaction) throws {
        ids = IDSequence(last: try transaction.one(Topics.Queries.lastID))
    }

    /// A new topic with the next id unless one is given; nil when the id is in use.
    mutating func add(
        _ new: NewTopic, id: ID<Topic>? = nil, createdAt: Timestamp? = nil,
        _ transaction: borrowing Transaction
    ) throws -> Topic? {
        let createdAt = createdAt ?? Timestamp(milliseconds: transaction.now)
        let topic = Topic(
            id: try id ?? ids.next(), title: new.title, createdBy: new.createdBy,
            slug: Slug.make(new.title), createdAt: createdAt, updatedAt: createdAt, version: 1)
        try transaction.run(
            Topics.Queries.insert, topic.id.rawValue, topic.title, topic.createdBy.rawValue,
            topic.slug, topic.createdAt.milliseconds)
        guard transaction.changes == 1 else { return nil }
        ids.insert(topic.id)
        return topic
    }

    /// Adds the topic of a line, unless it is already there.
    mutating func load(
        _ line: TopicLine, _ transaction: borrowing Transaction
    ) throws -> BulkOutcome {
        if let topic = try add(line.new, id: line.id, createdAt: line.createdAt, transaction) {
            return .added(topic.id.rawValue)
        }
        let held = try transaction.one(Topics.Queries.byID, line.id?.rawValue ?? 0)
        return line.says(held)
            ? .unchanged(held.id.rawValue)
            : .conflict("thread \(held.id.rawValue) is there with another content")
    }

    /// Tells readers of lists about rows that did not go to the end. Called once, at the end.
    func finish(_ transaction: borrowing Transaction) throws {
        if ids.isOutOfOrder { try transaction.run(Topics.Queries.noteChange) }
    }
}
