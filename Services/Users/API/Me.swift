package import JSON

/// A user as that user sees it: with what nobody else is told.
package struct Me: Equatable, Sendable {
    package let user: User
    /// Nil: none was given.
    package let email: String?
    package let isEmailVerified: Bool
    /// The bans in force; who is banned from everything does not get here.
    package let bans: [BanRecord]

    package init(user: User, email: String?, isEmailVerified: Bool, bans: [BanRecord]) {
        self.user = user
        self.email = email
        self.isEmailVerified = isEmailVerified
        self.bans = bans
    }
}

extension Me: JSONRecord {
    /// Those of a user, in their order, then the private ones.
    package static let members: [JSONMember<Me>] = [
        .id("id", \.user.id),
        .string("username", \.user.username),
        .string("name", \.user.name),
        .string("bio", \.user.bio),
        .string("avatar", \.user.avatar),
        .words("roles") { [$0.user.role] },
        .word("state", \.user.state),
        .string("location", \.user.location),
        .string("website", \.user.website),
        .string("signature", \.user.signature),
        .timestamp("joinedAt", \.user.joinedAt),
        .timestamp("lastSeenAt", orNull: \.user.lastSeenAt),
        .integer("threadCount", \.user.threadCount),
        .integer("postCount", \.user.postCount),
        .integer("reactionsReceived", \.user.reactionsReceived),
        .integer("version", \.user.version),
        .string("email", orNull: \.email),
        .bool("emailVerified", \.isEmailVerified),
        .records("bans", \.bans),
    ]

    /// For lists and menus.
    package static let card = members("id", "username", "name", "avatar", "state")
}
