import Bytes
package import JSON

/// A message as one reader sees it.
package struct Post: Sendable {
    /// What a signed-in reader may do with it, and has done.
    package struct Me: Sendable {
        package let reactions: [String]
        package let canEdit: Bool

        package init(reactions: [String], canEdit: Bool) {
            self.reactions = reactions
            self.canEdit = canEdit
        }
    }

    package let message: Message
    /// Whether this reader may see what it says: a deleted or removed message keeps its place and
    /// shows nothing.
    package let isLegible: Bool
    /// Nil for readers without an account.
    package let me: Me?

    package init(_ message: Message, isLegible: Bool, me: Me?) {
        self.message = message
        self.isLegible = isLegible
        self.me = me
    }

    /// What it says; empty if this reader may not know.
    package var text: String { isLegible ? message.text : "" }

    /// The beginning of what it says, on one line.
    package var excerpt: String {
        let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard words.count > MessageLimits.excerptCharacters else { return words }
        return words.prefix(MessageLimits.excerptCharacters - 1) + "…"
    }
}

extension Post: JSONRecord {
    /// The lab's members in the lab's order, then the forum's own.
    package static let members: [JSONMember<Post>] = [
        .id("thread", \.message.thread),
        .string("text", \.text),
        .id("user", \.message.user),
        .id("id", \.message.id),
        .integer("number", \.message.number),
        .timestamp("createdAt", \.message.createdAt),
        .timestamp("editedAt", orNull: \.message.editedAt),
        .integer("edits", \.message.edits),
        .integer("version", \.message.version),
        .record("replyTo", orAbsent: \.message.replyTo),
        .integer("replyCount", \.message.replyCount),
        JSONMember("reactions", as: ListForm<RecordForm<ReactionCount>>.self) { post, writer in
            writer.raw(ByteString(post.message.reactions))
        },
        .word("state", \.message.state),
        .string("reason", orAbsent: { $0.isLegible ? $0.message.reason : nil }),
        .record("me", orAbsent: \.me),
    ]

    /// For lists and menus.
    package static let card: [JSONMember<Post>] =
        members("id", "thread", "user") + [.string("excerpt", \.excerpt)] + members("createdAt")
}

extension ReplyTarget: JSONRecord {
    package static let members: [JSONMember<ReplyTarget>] = [
        .id("id", \.id),
        .id("user", \.user),
    ]
}

extension Post.Me: JSONRecord {
    package static let members: [JSONMember<Post.Me>] = [
        .strings("reactions", \.reactions),
        .bool("canEdit", \.canEdit),
    ]
}
