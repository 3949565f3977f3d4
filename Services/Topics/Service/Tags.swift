import Bytes
import Routing
import SQLite
import TopicsAPI

/// What is done with tags, inside a transaction.
enum Tags {
    /// Gives a topic these tags in place of those it has. Counts are the caller's: see `count`.
    static func set(
        _ names: [TagName], of topic: ID<Topic>, _ transaction: borrowing Transaction
    ) throws {
        try transaction.run(Topics.TagQueries.clear, topic.rawValue)
        for (position, name) in names.enumerated() {
            let tag = try id(of: name, transaction)
            try transaction.run(Topics.TagQueries.add, topic.rawValue, tag, Int64(position))
        }
        try transaction.run(Topics.TagQueries.setCount, topic.rawValue, Int64(names.count))
    }

    /// Counts the tags of a topic in `category` up or down by one.
    static func count(
        _ topic: ID<Topic>, in category: ID<Category>, by step: Int64,
        _ transaction: borrowing Transaction
    ) throws {
        for tag in try transaction.all(Topics.TagQueries.ofTopic, topic.rawValue) {
            try transaction.run(Topics.TagQueries.count, tag, category.rawValue, step)
        }
    }

    /// Another name for a tag; throws `conflict` if there is one of that name.
    static func rename(
        _ tag: Int64, to name: TagName, _ transaction: borrowing Transaction
    ) throws {
        let holder = try transaction.first(Topics.TagQueries.idByName, name.text)
        if let holder, holder != tag {
            throw APIError(.conflict, "there is a tag \(name.text); use mergeInto to join them")
        }
        try transaction.run(Topics.TagQueries.rename, tag, name.text)
        try transaction.run(Topics.TagQueries.touchTopics, tag)
        try transaction.run(Topics.Queries.noteChange)
    }

    /// Every topic of `tag` gets `target` instead, and `tag` is gone.
    static func merge(
        _ tag: Int64, into target: Int64, _ transaction: borrowing Transaction
    ) throws {
        try transaction.run(Topics.TagQueries.touchTopics, tag)
        try transaction.run(Topics.TagQueries.lowerCounts, tag, target)
        try transaction.run(Topics.TagQueries.dropDoubles, tag, target)
        try transaction.run(Topics.TagQueries.moveTopics, tag, target)
        try transaction.run(Topics.TagQueries.moveSubscriptions, tag, target)
        try remove(emptied: tag, transaction)
        try transaction.run(Topics.TagQueries.removeCounts, target)
        try transaction.run(Topics.TagQueries.recount, target)
    }

    /// Takes the tag from every topic.
    static func remove(_ tag: Int64, _ transaction: borrowing Transaction) throws {
        try transaction.run(Topics.TagQueries.touchTopics, tag)
        try transaction.run(Topics.TagQueries.lowerCounts, tag, 0)
        try transaction.run(Topics.TagQueries.dropTopics, tag)
        try transaction.run(Topics.TagQueries.removeSubscriptions, tag)
        try remove(emptied: tag, transaction)
    }

    private static func remove(emptied tag: Int64, _ transaction: borrowing Transaction) throws {
        try transaction.run(Topics.TagQueries.removeCounts, tag)
        try transaction.run(Topics.TagQueries.remove, tag)
        try transaction.run(Topics.Queries.noteChange)
    }

    private static func id(
        of name: TagName, _ transaction: borrowing Transaction
    ) throws -> Int64 {
        if let id = try transaction.first(Topics.TagQueries.idByName, name.text) { return id }
        try transaction.run(Topics.TagQueries.insert, name.text)
        return transaction.lastInsertedRowID
    }
}
