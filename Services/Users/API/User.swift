package import Bytes
package import JSON
package import Routing

/// A member of the forum.
package struct User: Equatable, Sendable {
    package let id: ID<User>
    /// Unique without regard to ASCII case, kept as it was chosen.
    package var username: String
    /// What people read; any text of one line.
    package var name: String
    package var bio: String
    package var state: UserState
    package var role: Role
    package var location: String
    package var website: String
    /// What stands below the texts of this user.
    package var signature: String
    package let joinedAt: Timestamp
    /// When it last got tokens, to ten minutes; nil: never.
    package var lastSeenAt: Timestamp?
    /// Threads it opened and posts it wrote that everybody may read, and reactions to these.
    package var threadCount: Int64 = 0
    package var postCount: Int64 = 0
    package var reactionsReceived: Int64 = 0
    /// Grows with every change of these four.
    package var touches: Int64 = 0
    /// Grows by one with every change; the first is 1.
    package var version: Int64

    package init(
        id: ID<User>, username: String, name: String, bio: String, joinedAt: Timestamp,
        version: Int64
    ) {
        self.id = id
        self.username = username
        self.name = name
        self.bio = bio
        state = .active
        role = .member
        location = ""
        website = ""
        signature = ""
        self.joinedAt = joinedAt
        self.version = version
    }

    /// Where the picture is: a path.
    package var avatar: String { "/api/users/\(id.rawValue)/avatar" }
}

/// What has become of a user. Banned: from everything, until somebody lifts it.
package enum UserState: String, Sendable, CaseIterable {
    case active
    case banned
    case deleted
}

extension User: JSONRecord {
    /// The lab's members in the lab's order, then the forum's own.
    package static let members: [JSONMember<User>] = [
        .id("id", \.id),
        .string("username", \.username),
        .string("name", \.name),
        .string("bio", \.bio),
        .string("avatar", \.avatar),
        .words("roles") { [$0.role] },
        .word("state", \.state),
        .string("location", \.location),
        .string("website", \.website),
        .string("signature", \.signature),
        .timestamp("joinedAt", \.joinedAt),
        .timestamp("lastSeenAt", orNull: \.lastSeenAt),
        .integer("threadCount", \.threadCount),
        .integer("postCount", \.postCount),
        .integer("reactionsReceived", \.reactionsReceived),
        .integer("version", \.version),
    ]

    /// For lists and menus.
    package static let card = members("id", "username", "name", "avatar", "state")
}
