import JSON
import TopicsAPI

/// How the one who asks stands to a thread.
struct TopicStanding: Sendable {
    let subscription: SubscriptionLevel
    /// The number of the last message read.
    let readUpTo: Int64
    let unread: Int64
    let canReply: Bool
    let canEdit: Bool
    let canModerate: Bool
}

extension TopicStanding: JSONRecord {
    static let members: [JSONMember<TopicStanding>] = [
        .word("subscription", \.subscription),
        .integer("readUpTo", \.readUpTo),
        .integer("unread", \.unread),
        .bool("canReply", \.canReply),
        .bool("canEdit", \.canEdit),
        .bool("canModerate", \.canModerate),
    ]
}

/// How closely somebody follows something.
enum SubscriptionLevel: String, CaseIterable, Sendable { case normal, watching, tracking, muted }
