import Bytes
import JSON
import Records
import Routing
import TopicsAPI

/// A thread as its readers see it: the topic, its people, and what holds at this moment.
struct TopicView: Sendable {
    let row: TopicRow
    /// Nil where nobody is shown.
    let people: TopicPeople?
    /// When it is seen: milliseconds since 1970.
    let now: Int64
    /// The text that messages do not have yet.
    let pendingText: String?
    let me: TopicStanding?

    init(
        _ row: TopicRow, people: TopicPeople?, at now: Int64, pendingText: String? = nil,
        me: TopicStanding? = nil
    ) {
        self.row = row
        self.people = people
        self.now = now
        self.pendingText = pendingText
        self.me = me
    }

    var author: UserCard { people?.author ?? .unknown(row.topic.createdBy.rawValue) }
    var participants: [UserCard] { people?.participants ?? row.participants.map(UserCard.unknown) }
    var isLocked: Bool { row.lock?.holds(at: now) ?? false }
    var pinned: PinScope { row.pin.flatMap { $0.mark.holds(at: now) ? $0.scope : nil } ?? .none }

    /// What an edit must know is before the `~`; behind it is what else is shown.
    var etag: ETag {
        var parts = people?.etagParts ?? []
        if people != nil && row.postsVersion > 0 {
            parts.append(ETag.Card("p", row.topic.id.rawValue, version: row.postsVersion))
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

/// The newest message of a thread.
struct LastPostView: JSONRecord {
    static let schemaName = "LastPost"

    let post: TopicRow.LastPost
    let author: UserCard

    init?(_ view: TopicView) {
        guard let post = view.row.lastPost else { return nil }
        self.post = post
        author = view.people?.lastAuthor ?? .unknown(post.user)
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
