import Bytes
import JSON
import Records
import Routing
import TopicsAPI

/// A thread as its readers see it: the topic, its people, and what holds at this moment.
struct TopicView: Sendable {
    let row: TopicRow
    /// Everybody in `row.people`; nil where nobody is shown.
    let cards: [Int64: UserCard]?
    /// When it is seen: milliseconds since 1970.
    let now: Int64
    /// The text that messages do not have yet.
    let pendingText: String?
    let me: TopicStanding?

    init(
        _ row: TopicRow, cards: [Int64: UserCard]?, at now: Int64, pendingText: String? = nil,
        me: TopicStanding? = nil
    ) {
        self.row = row
        self.cards = cards
        self.now = now
        self.pendingText = pendingText
        self.me = me
    }

    var author: UserCard { card(row.topic.createdBy.rawValue) }
    var lastAuthor: UserCard? { row.lastPost.map { card($0.user) } }
    var participants: [UserCard] { row.participants.map(card) }
    var isLocked: Bool { row.lock?.holds(at: now) ?? false }
    var pinned: PinScope { row.pin.flatMap { $0.mark.holds(at: now) ? $0.scope : nil } ?? .none }

    private func card(_ user: Int64) -> UserCard { cards?[user] ?? .unknown(user) }

    /// What an edit must know is before the `~`; behind it is what else is shown.
    var etag: ETag {
        var parts: [ETag.Card] = []
        if cards != nil {
            var shown: Set<Int64> = []
            for user in row.people where shown.insert(user).inserted {
                parts.append(card(user).etagPart)
            }
            if row.postsVersion > 0 {
                parts.append(ETag.Card("p", row.topic.id.rawValue, version: row.postsVersion))
            }
        }
        // An end that has come by itself makes another answer of the same version.
        let hasEnded = (row.lock != nil && !isLocked) || (row.pin != nil && pinned == .none)
        if hasEnded { parts.append(ETag.Card("e", isLocked ? 1 : 0, version: 0)) }
        return ETag("t", row.topic.id.rawValue, version: row.topic.version, cards: parts)
    }
}

extension TopicView: JSONRecord {
    static let schemaName = "Thread"

    /// The lab's members in the lab's order, then the forum's own.
    static let members: [JSONMember<TopicView>] = [
        .id("id", \.row.topic.id),
        .string("title", \.row.topic.title),
        .id("createdBy", \.row.topic.createdBy),
        .string("slug", \.row.topic.slug),
        .record("author", \.author),
        .record("category", \.row.category),
        .strings("tags", \.row.tags),
        .word("kind", \.row.topic.kind),
        .bool("locked", \.isLocked),
        .word("pinned", \.pinned),
        .word("state", \.row.topic.state),
        .timestamp("createdAt", \.row.topic.createdAt),
        .timestamp("updatedAt", \.row.topic.updatedAt),
        .integer("version", \.row.topic.version),
        .integer("replyCount", \.row.replyCount),
        .record("lastPost", orNull: { LastPostView($0) }),
        .records("participants", \.participants),
        .record("openingPost", orNull: { OpeningView($0) }),
        .integer("answer", orAbsent: \.row.answer),
        .record("me", orAbsent: \.me),
    ]

    static let card =
        members("id", "title", "slug", "replyCount") + [
            .timestamp("lastPostAt", orNull: { $0.row.lastPost?.at })
        ]

    /// Members that need nothing but the topic's own row.
    static let ownMembers: Set<String> = [
        "id", "title", "createdBy", "slug", "category", "tags", "kind", "locked", "pinned",
        "state", "createdAt", "updatedAt", "version",
    ]
}

extension CategoryLabel: JSONRecord {
    static let members: [JSONMember<CategoryLabel>] = [
        .id("id", \.id), .string("slug", \.slug), .string("name", \.name),
    ]
}

/// The newest message of a thread.
struct LastPostView: JSONRecord {
    static let schemaName = "LastPost"

    let post: TopicRow.LastPost
    let author: UserCard

    init?(_ view: TopicView) {
        guard let post = view.row.lastPost, let author = view.lastAuthor else { return nil }
        self.post = post
        self.author = author
    }

    static let members: [JSONMember<LastPostView>] = [
        .integer("id", \.post.id),
        .integer("number", \.post.number),
        .record("author", \.author),
        .timestamp("at", \.post.at),
    ]
}

/// What a thread opens with; the text is here until the messages service shows it.
struct OpeningView: JSONRecord {
    static let schemaName = "OpeningPost"

    let id: Int64?
    let state: OpeningState
    let text: String?

    init?(_ view: TopicView) {
        guard view.row.opening != .none else { return nil }
        id = view.row.openingPost
        state = view.row.opening
        text = view.pendingText
    }

    static let members: [JSONMember<OpeningView>] = [
        .integer("id", orNull: \.id),
        .word("state", \.state),
        .string("text", orAbsent: \.text),
    ]
}
