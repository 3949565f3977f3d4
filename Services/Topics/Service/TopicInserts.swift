import Bytes
import Outbox
import Records
import Routing
import SQLite
import Search
import TopicsAPI
import UsersAPI

/// Inserts topics within one transaction.
struct TopicInserts {
    private var ids: IDSequence<Topic>
    private var activity: Int64
    /// Topics that came into each category.
    private var counts: [ID<Category>: Int64] = [:]
    private var added: ClosedRange<Int64>?

    init(_ transaction: borrowing Transaction) throws {
        ids = IDSequence(last: try transaction.one(Topics.Queries.lastID))
        activity = try transaction.one(Topics.Queries.lastActivity)
    }

    /// A new topic with the next id unless one is given; nil when the id is in use.
    mutating func add(
        _ new: NewTopic, by author: ID<User>, id: ID<Topic>? = nil, createdAt: Timestamp? = nil,
        _ transaction: borrowing Transaction
    ) throws -> ID<Topic>? {
        let createdAt = createdAt ?? Timestamp(milliseconds: transaction.now)
        let id = try id ?? ids.next()
        let category = new.category ?? Category.general
        let opening: OpeningState = new.text == nil ? .none : .pending
        try transaction.run(
            Topics.Queries.insert, id.rawValue, new.title, author.rawValue, Slug.make(new.title),
            createdAt.milliseconds, category.rawValue, new.kind.rawValue, activity + 1,
            opening.rawValue)
        guard transaction.changes == 1 else { return nil }
        ids.insert(id)
        activity += 1
        counts[category, default: 0] += 1
        let first = min(added?.lowerBound ?? id.rawValue, id.rawValue)
        added = first...max(added?.upperBound ?? id.rawValue, id.rawValue)
        if let text = new.text {
            try transaction.run(Topics.Queries.addOpening, id.rawValue, text)
        }
        try transaction.index(new: id.rawValue, in: .placed)
        if !new.tags.isEmpty {
            try Tags.set(new.tags, of: id, transaction)
            try Tags.count(id, in: category, by: 1, transaction)
        }
        // Its messages may have been heard of first.
        if try transaction.first(Topics.PostQueries.isKnown, id.rawValue) != nil {
            try PostCounts.recount(id.rawValue, transaction)
        }
        return id
    }

    /// Adds the topic of a line, unless it is already there.
    mutating func load(
        _ line: TopicLine, _ transaction: borrowing Transaction
    ) throws -> BulkOutcome {
        if let category = line.new.category, counts[category] == nil,
            try transaction.first(Topics.CategoryQueries.byID, category.rawValue) == nil
        {
            return .refused(
                .validation("category", "unknown", "category \(category.rawValue) does not exist"))
        }
        let author = line.author
        if let id = try add(
            line.new, by: author, id: line.id, createdAt: line.createdAt, transaction)
        {
            return .added(id.rawValue)
        }
        let held = try transaction.knownTopic(line.id?.rawValue ?? 0).topic
        return line.says(held)
            ? .unchanged(held.id.rawValue)
            : .conflict("thread \(held.id.rawValue) is there with another content")
    }

    /// Keeps the counts, and tells readers of lists about rows that did not go to the end. Called
    /// once, at the end.
    func finish(_ transaction: borrowing Transaction) throws {
        if ids.isOutOfOrder { try transaction.run(Topics.Queries.noteChange) }
        guard added != nil else { return }
        try transaction.run(Topics.Queries.setActivity, activity)
        for (category, count) in counts where count > 0 {
            try transaction.run(Topics.CategoryQueries.adjust, category.rawValue, count, 0)
        }
    }

    /// Tells the other services to read the new rows from a snapshot: for loads in bulk.
    func tell(_ transaction: borrowing Transaction) throws {
        if let added { try Outbox.append(.resync("thread", added), in: transaction) }
    }
}
