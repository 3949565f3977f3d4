package import Bytes
package import JSON
package import UsersAPI

/// That somebody wants a moderator to look at a message.
package struct Flag: Equatable, Sendable {
    /// What is wrong with the message.
    package enum Reason: String, Sendable, CaseIterable {
        case spam
        case abuse
        case offTopic = "off-topic"
        case other
    }

    /// What became of the flag.
    package enum State: String, Sendable, CaseIterable {
        case open, accepted, rejected
    }

    package let id: ID<Flag>
    package let post: ID<Message>
    package let by: ID<User>
    package let reason: Reason
    package let note: String
    package let state: State
    package let createdAt: Timestamp
    /// The moderator who decided.
    package let resolvedBy: ID<User>?

    package init(
        id: ID<Flag>, post: ID<Message>, by: ID<User>, reason: Reason, note: String, state: State,
        createdAt: Timestamp, resolvedBy: ID<User>?
    ) {
        self.id = id
        self.post = post
        self.by = by
        self.reason = reason
        self.note = note
        self.state = state
        self.createdAt = createdAt
        self.resolvedBy = resolvedBy
    }
}

extension Flag: JSONRecord {
    package static let members: [JSONMember<Flag>] = [
        .id("id", \.id),
        .id("post", \.post),
        .id("by", \.by),
        .word("reason", \.reason),
        .string("note", \.note),
        .word("state", \.state),
        .timestamp("createdAt", \.createdAt),
        .id("resolvedBy", orNull: \.resolvedBy),
    ]
}
