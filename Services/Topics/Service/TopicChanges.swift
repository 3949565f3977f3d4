import Bytes
import Outbox
import Routing
import SQLite
import Search
import TopicsAPI
import UsersAPI

// What is done with topics, inside a transaction.
extension Topics {
    /// Starts a topic: `not-found` for a category that the viewer does not see, `forbidden` where
    /// they may not write. The text goes to the messages service as a fact of its own.
    static func start(
        _ new: NewTopic, by author: ID<User>, _ viewer: Viewer,
        _ transaction: borrowing Transaction
    ) throws -> TopicRow {
        try requirePlace(new.category ?? Category.general, viewer, transaction)
        var inserts = try TopicInserts(transaction)
        guard let id = try inserts.add(new, by: author, transaction) else {
            throw APIError(.conflict, "the next id is in use")
        }
        try inserts.finish(transaction)
        let row = try transaction.knownTopic(id.rawValue)
        try Outbox.append(TopicEvent.changed(row, in: transaction), in: transaction)
        if let text = new.text {
            try Outbox.append(
                TopicEvent.opened(id, by: author.rawValue, text), in: transaction)
        }
        return row
    }

    /// Changes title, place, kind and tags.
    static func edit(
        _ row: TopicRow, _ patch: TopicPatch, _ viewer: Viewer,
        _ transaction: borrowing Transaction
    ) throws {
        let topic = row.topic
        let title = patch.title ?? topic.title
        let category = patch.category ?? topic.category
        let isMoved = category != topic.category
        if isMoved { try requirePlace(category, viewer, transaction) }
        if isMoved || patch.tags != nil { try count(row, by: -1, transaction) }
        let kind = patch.kind ?? topic.kind
        if kind != topic.kind {
            try transaction.run(Queries.setKind, topic.id.rawValue, kind.rawValue)
        }
        if isMoved || title != topic.title {
            let slug = title == topic.title ? topic.slug : Slug.make(title)
            try transaction.indexing(topic.id.rawValue, in: .placed) {
                try transaction.run(
                    Queries.edit, topic.id.rawValue, title, slug, category.rawValue)
                try settle(topic.id, transaction)
            }
        }
        if let tags = patch.tags { try Tags.set(tags, of: topic.id, transaction) }
        if isMoved || patch.tags != nil {
            let moved = try transaction.knownTopic(topic.id.rawValue)
            try count(moved, by: 1, transaction)
        }
    }

    /// Takes a topic out of sight, or brings it back; what is counted of it goes along.
    static func setState(
        _ row: TopicRow, _ state: TopicState, reason: String?,
        _ transaction: borrowing Transaction
    ) throws {
        try count(row, by: -1, transaction)
        let id = row.topic.id
        try transaction.indexing(id.rawValue, in: .placed) {
            try transaction.run(Queries.setState, id.rawValue, state.rawValue, reason)
            try settle(id, transaction)
        }
        try count(transaction.knownTopic(row.topic.id.rawValue), by: 1, transaction)
    }

    /// Removes all of a topic but its number, which is never given again. Events that are still
    /// kept say no more than the topic.
    static func purge(_ row: TopicRow, _ transaction: borrowing Transaction) throws {
        let id = row.topic.id
        try count(row, by: -1, transaction)
        try Tags.set([], of: id, transaction)
        try transaction.run(FollowingQueries.dropReads, id.rawValue)
        try transaction.run(FollowingQueries.dropSubscriptions, id.rawValue)
        try transaction.run(PostQueries.clearParticipants, id.rawValue)
        try transaction.indexing(id.rawValue, in: .placed) {
            try transaction.run(Queries.removeOpening, id.rawValue)
            try transaction.run(Queries.blank, id.rawValue)
            try settle(id, transaction)
        }
        let opened = TopicEvent.opened(id, by: row.topic.createdBy.rawValue, erasedText)
        try Outbox.tombstone(
            kind: opened.kind, key: opened.key, body: opened.body, in: transaction)
        try Outbox.append(TopicEvent.purged(id), in: transaction)
    }

    /// Works out who sees a topic in lists, after a change of its state or its category. To be
    /// called where the topic is being indexed: who finds it is a part of that.
    static func settle(_ id: ID<Topic>, _ transaction: borrowing Transaction) throws {
        try transaction.run(Queries.settleBand, id.rawValue)
        try transaction.run(TagQueries.place, id.rawValue)
    }

    /// Writes down that a lock or a pin has ended.
    static func endMarks(_ row: TopicRow, _ transaction: borrowing Transaction) throws {
        let id = row.topic.id.rawValue
        if let lock = row.lock, !lock.holds(at: transaction.now) {
            try transaction.run(Queries.lock, id, false, nil, nil)
        }
        if let pin = row.pin, !pin.mark.holds(at: transaction.now) {
            try transaction.run(Queries.pin, id, PinScope.none.rawValue, nil)
        }
    }

    /// Ends a change: the topic is new, lists are, and the others are told.
    static func finish(
        _ id: ID<Topic>, _ transaction: borrowing Transaction
    ) throws -> TopicRow {
        try transaction.run(Queries.touch, id.rawValue, transaction.now)
        try transaction.run(Queries.noteChange)
        let row = try transaction.knownTopic(id.rawValue)
        let event = try TopicEvent.changed(row, in: transaction)
        if row.topic.state == .purged {
            try Outbox.tombstone(
                kind: event.kind, key: event.key, body: event.body, in: transaction)
        }
        try Outbox.append(event, in: transaction)
        return row
    }

    /// Whether its author may still change it.
    static func isEditable(_ topic: Topic, by user: Int64, at now: Int64) -> Bool {
        topic.createdBy.rawValue == user && topic.state == .visible
            && now - topic.createdAt.milliseconds < TopicLimits.authorEditMilliseconds
    }

    /// Adds a topic and its messages to what is counted of its category and tags, or takes them
    /// away; only what is visible counts.
    static func count(
        _ row: TopicRow, by step: Int64, _ transaction: borrowing Transaction
    ) throws {
        guard row.topic.state == .visible else { return }
        let category = row.topic.category
        try transaction.run(
            CategoryQueries.adjust, category.rawValue, step, step * row.postCount)
        try Tags.count(row.topic.id, in: category, by: step, transaction)
    }

    private static func requirePlace(
        _ id: ID<Category>, _ viewer: Viewer, _ transaction: borrowing Transaction
    ) throws {
        guard let category = try transaction.first(CategoryQueries.byID, id.rawValue),
            try viewer.canRead(id, category.levels, in: transaction)
        else { throw APIError.notFound("category \(id.rawValue)") }
        guard try viewer.canPost(id, category.levels, in: transaction) else {
            throw APIError(
                .forbidden,
                "threads in \(category.name) need the role "
                    + Role(level: category.levels.post).rawValue)
        }
    }
}
