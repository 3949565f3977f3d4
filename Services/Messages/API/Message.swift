package import Bytes
package import JSON
package import TopicsAPI
package import UsersAPI

/// One contribution to a topic: on the wire it is called *post*.
package struct Message: Equatable, Sendable {
    package let thread: ID<Topic>
    package let text: String
    package let user: ID<User>
    package let id: ID<Message>
    /// The place within its topic: 1, 2, 3 …
    package let number: Int64
    package let createdAt: Timestamp
    /// Grows by one with every change; the first is 1.
    package let version: Int64

    package init(
        thread: ID<Topic>, text: String, user: ID<User>, id: ID<Message>, number: Int64,
        createdAt: Timestamp, version: Int64
    ) {
        self.thread = thread
        self.text = text
        self.user = user
        self.id = id
        self.number = number
        self.createdAt = createdAt
        self.version = version
    }
}

extension Message: JSONRecord {
    /// The lab's members in the lab's order, then the forum's own.
    package static let members: [JSONMember<Message>] = [
        .id("thread", \.thread),
        .string("text", \.text),
        .id("user", \.user),
        .id("id", \.id),
        .integer("number", \.number),
        .timestamp("createdAt", \.createdAt),
        .integer("version", \.version),
    ]
}
