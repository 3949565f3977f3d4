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
        var tags: [Int64] = []
        for name in names {
            let tag = try id(of: name, transaction)
            if !tags.contains(tag) { tags.append(tag) }
        }
        try put(tags, on: topic, transaction)
    }

    /// The same for tags that are known by their ids.
    static func put(
        _ tags: [Int64], on topic: ID<Topic>, _ transaction: borrowing Transaction
    ) throws {
        try transaction.run(Topics.TagQueries.clear, topic.rawValue)
        for (position, tag) in tags.enumerated() {
            try transaction.run(Topics.TagQueries.add, topic.rawValue, tag, Int64(position))
        }
        try transaction.run(Topics.TagQueries.setCount, topic.rawValue, Int64(tags.count))
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

    /// Another name for a tag: every topic of it becomes one of the tag of that name. Throws
    /// `conflict` if `viewer` sees such a tag, who may have wanted another. One of which they see
    /// nothing is used as if it were new, as it is by whoever starts a topic with it.
    static func rename(
        _ tag: Int64, to name: TagName, by viewer: Viewer, _ transaction: borrowing Transaction
    ) throws {
        if try transaction.first(Topics.TagQueries.named, name.text)?.id == tag { return }
        if try Topics.seenTag(name, by: viewer, transaction) != nil {
            throw APIError(.conflict, "there is a tag \(name.text); use mergeInto to join them")
        }
        try merge(tag, into: id(of: name, transaction), transaction)
    }

    /// Every topic of `tag` gets `target` instead, or none where that is 0, a few at a time; from
    /// now on nobody finds `tag`. Throws `conflict` while others are still becoming `tag`.
    static func merge(
        _ tag: Int64, into target: Int64, _ transaction: borrowing Transaction
    ) throws {
        if try transaction.first(Topics.TagQueries.isGoal, tag) != nil {
            throw APIError(.conflict, "other tags are still being merged into it; try again later")
        }
        try transaction.run(Topics.TagQueries.setGoal, tag, target)
        try transaction.run(Topics.Queries.noteChange)
        let total = try transaction.one(Topics.TagQueries.topicCount, tag)
        _ = try TopicJob.start(.mergeTag, tag, goal: target, total: total, transaction)
    }

    /// The tag is on no topic any more.
    static func remove(
        emptied tag: Int64, for target: Int64, _ transaction: borrowing Transaction
    ) throws {
        if target > 0 {
            try transaction.run(Topics.TagQueries.moveSubscriptions, tag, target)
        } else {
            try transaction.run(Topics.TagQueries.removeSubscriptions, tag)
        }
        try transaction.run(Topics.TagQueries.removeCounts, tag)
        try transaction.run(Topics.TagQueries.remove, tag)
    }

    private static func id(
        of name: TagName, _ transaction: borrowing Transaction
    ) throws -> Int64 {
        if let tag = try transaction.first(Topics.TagQueries.named, name.text) {
            if tag.goal != 0 { return tag.goal ?? tag.id }
            throw APIError(.conflict, "the tag \(name.text) is being removed; try again later")
        }
        try transaction.run(Topics.TagQueries.insert, name.text)
        return transaction.lastInsertedRowID
    }
}
