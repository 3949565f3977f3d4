import Bytes
import SQLite
import TopicsAPI

extension TopicStanding {
    /// Nil for whoever has no account.
    init?<Source: Reader & ~Copyable>(
        of viewer: Viewer, to row: TopicRow, at now: Int64, in reader: borrowing Source
    ) throws {
        if viewer.user == nil { return nil }
        let isModerator = try viewer.moderates(row.topic.category, row.levels, in: reader)
        try self.init(of: viewer, isModerator: isModerator, to: row, at: now, in: reader)
    }

    /// The same where it is known whether they keep order there.
    init?<Source: Reader & ~Copyable>(
        of viewer: Viewer, isModerator: Bool, to row: TopicRow, at now: Int64,
        in reader: borrowing Source
    ) throws {
        guard let user = viewer.user else { return nil }
        let topic = row.topic
        let isOpen = topic.state == .visible && !(row.lock?.holds(at: now) ?? false)
        let level = try reader.first(
            Topics.FollowingQueries.level, user, SubscriptionTarget.thread, topic.id.rawValue)
        subscription = level.flatMap(SubscriptionLevel.init(rawValue:)) ?? .normal
        readUpTo = try reader.first(Topics.FollowingQueries.readUpTo, user, topic.id.rawValue) ?? 0
        unread = max(0, (row.lastPost?.number ?? 0) - readUpTo)
        canReply = isModerator || (isOpen && viewer.level >= row.levels.reply)
        canEdit = isModerator || Topics.isEditable(topic, by: user, at: now)
        canModerate = isModerator
    }
}
