package import Bytes
package import JSON

/// A member of the forum.
package struct User: Equatable, Sendable {
    package let id: ID<User>
    /// Unique without regard to ASCII case, kept as it was chosen.
    package let username: String
    /// What people read; any text of one line.
    package let name: String
    package let bio: String
    package let joinedAt: Timestamp
    /// Grows by one with every change; the first is 1.
    package let version: Int64

    package init(
        id: ID<User>, username: String, name: String, bio: String, joinedAt: Timestamp,
        version: Int64
    ) {
        self.id = id
        self.username = username
        self.name = name
        self.bio = bio
        self.joinedAt = joinedAt
        self.version = version
    }
}

extension User: JSONRecord {
    /// The lab's members in the lab's order, then the forum's own.
    package static let members: [JSONMember<User>] = [
        .id("id", \.id),
        .string("username", \.username),
        .string("name", \.name),
        .string("bio", \.bio),
        .timestamp("joinedAt", \.joinedAt),
        .integer("version", \.version),
    ]
}
