package import JSON
package import Routing

/// The least role that may do something in a category. What an ancestor asks for counts, too.
package struct CategoryPermissions: Hashable, Sendable {
    package var read = Role.guest
    package var post = Role.member
    package var reply = Role.member
    package var moderate = Role.moderator

    /// Everybody reads, members write, moderators keep order.
    package init() {}

    /// What is sent as nil is as usual.
    package init(read: Role?, post: Role?, reply: Role?, moderate: Role?) {
        self.read = read ?? self.read
        self.post = post ?? self.post
        self.reply = reply ?? self.reply
        self.moderate = moderate ?? self.moderate
    }
}

extension CategoryPermissions: JSONRecord {
    package static let members: [JSONMember<CategoryPermissions>] = [
        .word("read", \.read),
        .word("post", \.post),
        .word("reply", \.reply),
        .word("moderate", \.moderate),
    ]
}

/// Which permissions are to change: nil leaves one.
package struct PermissionsPatch: Equatable, Sendable {
    package let read: Role?
    package let post: Role?
    package let reply: Role?
    package let moderate: Role?

    /// What `current` becomes.
    package func applied(to current: CategoryPermissions) -> CategoryPermissions {
        CategoryPermissions(
            read: read ?? current.read, post: post ?? current.post,
            reply: reply ?? current.reply, moderate: moderate ?? current.moderate)
    }
}

extension PermissionsPatch: JSONDecodable {
    package init(from fields: inout JSONFields) {
        read = fields.patchWord("read", Role.self)
        post = fields.patchWord("post", Role.self)
        reply = fields.patchWord("reply", Role.self)
        moderate = fields.patchWord("moderate", Role.self)
        if let moderate, moderate < .moderator {
            fields.complain(
                "moderate", JSONComplaint.unknownValue, "one of: moderator, admin")
        }
    }
}
