import Bytes
import HTTP
import Routing
import SQLite
import TopicsAPI
import UsersAPI

/// What a query asks of the topics of a list.
struct TopicWish: Sendable {
    enum Order: String, CaseIterable { case asc, desc }
    enum Flag: String, CaseIterable { case yes = "1", no = "0" }

    let sort: TopicListing.Sort
    let order: Order?
    let state: ListedState
    let category: CategoryRow?
    /// The earliest moment of creation.
    let since: Int64?
    private let author: ID<User>?
    private let tag: (name: String, id: Int64)?
    private let isPinned: Bool
    private let isUnread: Bool
    private let isWatched: Bool

    /// 404 for a category that `viewer` does not see.
    init<Source: Reader & ~Copyable>(
        _ query: QueryParameters, for viewer: Viewer, _ reader: borrowing Source
    ) throws {
        since = try query.moment("since")
        sort = try query.word("sort", TopicListing.Sort.self) ?? (since == nil ? .id : .created)
        order = try query.word("order", Order.self)
        state = try query.word("state", ListedState.self) ?? .visible
        category = try query.text("category").map {
            try Categories.find($0, for: viewer, reader)
        }
        author = try query.id("createdBy", as: User.self)
        tag = try query.text("tag").map { text in
            guard let name = TagName(text)?.text else { return (text, 0) }
            return (name, try reader.first(Topics.TagQueries.idByName, name) ?? 0)
        }
        isPinned = try query.word("pinned", Flag.self) == .yes
        isUnread = try query.word("unread", Flag.self) == .yes
        isWatched = try query.word("watching", Flag.self) == .yes
        if since != nil, sort != .created {
            throw APIError.malformed("since= goes with sort=created")
        }
    }

    /// What is followed and not read.
    static let unread = TopicWish()

    private init() {
        (sort, order, state, category, since) = (.id, nil, .visible, nil, nil)
        (author, tag, isPinned, isUnread, isWatched) = (nil, nil, false, true, false)
    }

    /// As asked for, for cursors.
    var filters: [String] {
        [
            state == .visible ? nil : "state=\(state.rawValue)",
            category.map { "category=\($0.id.rawValue)" },
            author.map { "createdBy=\($0.rawValue)" }, tag.map { "tag=\($0.name)" },
            isPinned ? "pinned" : nil, isUnread ? "unread" : nil, isWatched ? "watching" : nil,
            since.map { "since=\($0)" },
        ].compactMap(\.self)
    }

    /// The narrowest part of the topics that has all that are wanted.
    func entry(for viewer: Viewer) -> TopicEntry {
        if isUnread || isWatched { return .followed(by: viewer.userOrNobody) }
        if isPinned { return category.map { .pinnedInCategory($0.id.rawValue) } ?? .pinned }
        if let tag { return .tag(tag.id) }
        if let author { return .author(author.rawValue) }
        return category.map { .category($0.id.rawValue) } ?? .all
    }

    /// Throws 401 for what only somebody with an account can ask, 403 for what only those who keep
    /// order can.
    func requireRights(_ sight: Sight) throws(APIError) {
        if isUnread || isWatched, sight.viewer.user == nil { throw .needsSignIn }
        if state == .visible { return }
        let mayAsk = category.map { sight.moderates($0.id, $0.levels) } ?? sight.isModerator
        if !mayAsk { throw APIError(.forbidden, "only moderators see what is not visible") }
    }

    /// Whether how many there are is kept as a number: for one category, one tag, or everything.
    var isKept: Bool {
        let narrow = [category != nil, author != nil, tag != nil].filter(\.self).count
        return narrow <= 1 && author == nil && since == nil && state == .visible
    }

    /// Whether a row is what was asked for; what the index says already is true of it.
    func wants(_ row: TopicRow, at now: Int64) -> Bool {
        if let category, row.topic.category != category.id { return false }
        if let author, row.topic.createdBy != author { return false }
        if let tag, !row.tags.contains(tag.name) { return false }
        return !isPinned || row.pin?.mark.holds(at: now) == true
    }

    /// The same for what somebody follows and has read.
    func wantsFollowed<Source: Reader & ~Copyable>(
        _ row: TopicRow, by viewer: Viewer, _ reader: borrowing Source
    ) throws -> Bool {
        let (user, topic) = (viewer.userOrNobody, row.topic.id.rawValue)
        let level = try reader.first(
            Topics.FollowingQueries.level, user, SubscriptionTarget.thread, topic
        ).flatMap(SubscriptionLevel.init(rawValue:))
        guard level == .watching || (level == .tracking && !isWatched) else { return false }
        if !isUnread { return true }
        let upTo = try reader.first(Topics.FollowingQueries.readUpTo, user, topic) ?? 0
        return row.lastPost?.number ?? 0 > upTo
    }
}

extension QueryParameters {
    /// A moment, in milliseconds since 1970.
    fileprivate func moment(_ name: StaticString) throws(APIError) -> Int64? {
        guard let text = try text(name) else { return nil }
        guard let moment = Timestamp(parsing: text) else {
            throw .malformed("query parameter '\(name)' is a moment such as 2026-01-31T12:00:00Z")
        }
        return moment.milliseconds
    }
}
