import Bytes
import JSON
import Markdown
import MessagesAPI
import Records
import Routing

/// A message as one viewer sees it.
struct Post: Sendable {
    /// What a signed-in viewer may do with it, and has done.
    struct Me: Sendable {
        let reactions: [String]
        let canEdit: Bool
    }

    /// The message that this one answers.
    struct Target: Sendable {
        let id: ID<Message>
        let author: UserCard
    }

    let row: MessageRow
    let viewer: Viewer
    let author: UserCard
    /// Nil also if the viewer does not see it.
    let replyTo: Target?
    /// Those that the viewer sees.
    let quotes: [QuotedPost]
    let canEdit: Bool
    /// Nil for viewers without an account.
    let me: Me?

    var message: Message { row.message }

    /// What it means. Of a message that was loaded in bulk, or written before there was HTML, this
    /// is made now: people are marked there and lead nowhere, until the text is edited.
    var html: String { message.rendering?.html ?? Markdown.render(message.text).html }

    /// The beginning of what it says, on one line.
    var excerpt: String { message.rendering?.excerpt ?? Markdown.render(message.text).excerpt }

    /// Up to `~` what an edit must know of, then reactions and replies, then the people who are
    /// shown, then whatever is the viewer's own.
    var etag: ETag {
        var cards: [ETag.Card] = []
        if message.touches > 0 {
            cards.append(ETag.Card("r", message.replyCount, version: message.touches))
        }
        if author.version > 0 { cards.append(author.etagPart) }
        if let card = replyTo?.author, card.version > 0 { cards.append(card.etagPart) }
        if let target = message.replyTo, replyTo == nil {
            cards.append(ETag.Card("d", target.id.rawValue, version: 0))
        }
        if !quotes.isEmpty { cards.append(ETag.Card("q", 0, version: Int64(quotes.count))) }
        if let own = viewer.etagPart(canEdit: canEdit) { cards.append(own) }
        return ETag("p", message.id.rawValue, version: message.version, cards: cards)
    }

    private var mentions: String { message.rendering?.mentions ?? "[]" }
}

extension Post: JSONRecord {
    /// The lab's members in the lab's order, then the forum's own.
    static let members: [JSONMember<Post>] = [
        .id("thread", \.message.thread),
        .string("text", \.message.text),
        .id("user", \.message.user),
        .id("id", \.message.id),
        .integer("number", \.message.number),
        .record("author", \.author),
        .string("html", \.html),
        .timestamp("createdAt", \.message.createdAt),
        .timestamp("editedAt", orNull: \.message.editedAt),
        .integer("edits", \.message.edits),
        .integer("version", \.message.version),
        .record("replyTo", orAbsent: \.replyTo),
        .records("quotes", \.quotes),
        JSONMember("mentions", as: ListForm<IDForm>.self) { post, writer in
            writer.raw(json: post.mentions)
        },
        .integer("replyCount", \.message.replyCount),
        JSONMember("reactions", as: ListForm<RecordForm<ReactionCount>>.self) { post, writer in
            writer.raw(json: post.message.reactions)
        },
        .word("state", \.message.state),
        .string("reason", orAbsent: \.message.reason),
        .record("me", orAbsent: \.me),
    ]

    /// For lists and menus.
    static let card: [JSONMember<Post>] =
        members("id", "thread", "user") + [.string("excerpt", \.excerpt)] + members("createdAt")
}

extension Post.Target: JSONRecord {
    static let schemaName = "ReplyTarget"

    static let members: [JSONMember<Post.Target>] = [
        .id("id", \.id),
        .record("author", \.author),
    ]
}

extension Post.Me: JSONRecord {
    static let schemaName = "PostStanding"

    static let members: [JSONMember<Post.Me>] = [
        .strings("reactions", \.reactions),
        .bool("canEdit", \.canEdit),
    ]
}
