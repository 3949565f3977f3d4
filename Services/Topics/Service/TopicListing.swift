import Bytes
import HTTP
import Records
import Routing
import SQLite
import TopicsAPI
import UsersAPI

/// Which topics somebody wants to see, and in which order.
struct TopicListing: Sendable {
    /// The orders, each by an index.
    enum Sort: String, CaseIterable, Sendable { case id, created, activity, replies, hot }
    enum Order: String, CaseIterable { case asc, desc }
    enum Flag: String, CaseIterable { case yes = "1", no = "0" }

    let sort: Sort
    let isAscending: Bool
    /// As asked for, for cursors: `category=7`.
    let filters: [String]
    let category: ID<Category>?
    private let author: ID<User>?
    /// 0 for a tag that nobody has used.
    private let tag: Int64?
    private let isPinned: Bool

    /// Reads the query: 404 for a category that `viewer` does not see, 400 for a sort that a filter
    /// has no index for.
    init<Source: Reader & ~Copyable>(
        _ query: QueryParameters, for viewer: Viewer, _ reader: borrowing Source
    ) throws {
        let sort = try query.word("sort", Sort.self) ?? .id
        let order = try query.word("order", Order.self)
        self.sort = sort
        isAscending = order.map { $0 == .asc } ?? (sort == .id)
        category = try query.text("category").map {
            try Categories.find($0, for: viewer, reader).id
        }
        author = try query.id("createdBy", as: User.self)
        let name = try query.text("tag")
        tag = try name.map { name in
            try TagName(name).flatMap { try reader.first(Topics.TagQueries.idByName, $0.text) } ?? 0
        }
        isPinned = try query.word("pinned", Flag.self) == .yes
        filters =
            [
                category.map { "category=\($0.rawValue)" },
                author.map { "createdBy=\($0.rawValue)" }, name.map { "tag=\($0)" },
                isPinned ? "pinned" : nil,
            ].compactMap(\.self)
        if !isIndexed {
            throw APIError.malformed(
                "sort=\(sort.rawValue) is not offered with these filters; leave them out, "
                    + "or sort by id")
        }
    }

    /// The name of the order in cursors.
    var name: String { isAscending ? sort.rawValue : "\(sort.rawValue)-desc" }

    private var isIndexed: Bool {
        let isNarrow = author != nil || tag != nil || isPinned
        switch sort {
        case .id: return true
        case .activity: return !isNarrow
        case .created, .replies, .hot: return !isNarrow && category == nil
        }
    }

    /// The rows from a border on.
    func rows<Source: Reader & ~Copyable>(
        _ border: ListBorder, for viewer: Viewer, at now: Int64, _ reader: borrowing Source
    ) throws -> [TopicRow] {
        let isUpward = isAscending != border.isBackward
        var key = isUpward ? Int64.min : .max
        if case .integer(let known)? = border.row?.key { key = known }
        let id = border.row?.id ?? (isUpward ? .min : .max)
        let anchor = border.anchor == 0 ? Int64.max : border.anchor
        let (query, entry) = walk(isUpward)
        return try reader.all(
            query, key, id, anchor, entry, category?.rawValue, isPinned ? now : nil,
            viewer.level, viewer.userOrNobody, border.rowsWanted, author?.rawValue)
    }

    /// Whether this is the list of all topics by id.
    var isPlain: Bool { sort == .id && filters.isEmpty }

    /// The rows of a plain list from a border on, by themselves.
    func cores<Source: Reader & ~Copyable>(
        _ border: ListBorder, for viewer: Viewer, _ reader: borrowing Source
    ) throws -> [TopicCore] {
        let isUpward = isAscending != border.isBackward
        return try reader.all(
            isUpward ? Topics.ListQueries.coresAscending : Topics.ListQueries.coresDescending,
            border.row?.id ?? (isUpward ? .min : .max), border.rowsWanted, viewer.level,
            viewer.userOrNobody)
    }

    /// The place of a row in this order.
    func place(of row: TopicRow) -> (key: Cursor.Key, id: Int64) {
        let key: Cursor.Key =
            switch sort {
            case .id: .none
            case .created: .integer(row.topic.createdAt.milliseconds)
            case .activity: .integer(row.activity)
            case .replies: .integer(row.replyCount)
            case .hot: .integer(row.hot)
            }
        return (key, row.topic.id.rawValue)
    }

    private func walk(_ isUpward: Bool) -> (Topics.ListQueries.Walk, entry: Int64) {
        typealias Lists = Topics.ListQueries
        if let tag { return (isUpward ? Lists.taggedAscending : Lists.taggedDescending, tag) }
        if let author {
            return (isUpward ? Lists.byAuthorAscending : Lists.byAuthorDescending, author.rawValue)
        }
        if isPinned { return (isUpward ? Lists.pinnedAscending : Lists.pinnedDescending, 0) }
        if let category { return (inCategory(isUpward), category.rawValue) }
        switch sort {
        case .id: return (isUpward ? Lists.byIDAscending : Lists.byIDDescending, 0)
        case .created:
            return (isUpward ? Lists.byCreationAscending : Lists.byCreationDescending, 0)
        case .activity:
            return (isUpward ? Lists.byActivityAscending : Lists.byActivityDescending, 0)
        case .replies: return (isUpward ? Lists.byRepliesAscending : Lists.byRepliesDescending, 0)
        case .hot: return (isUpward ? Lists.byHeatAscending : Lists.byHeatDescending, 0)
        }
    }

    private func inCategory(_ isUpward: Bool) -> Topics.ListQueries.Walk {
        typealias Lists = Topics.ListQueries
        return switch (sort, isUpward) {
        case (.activity, true): Lists.inCategoryByActivityAscending
        case (.activity, false): Lists.inCategoryByActivityDescending
        case (_, true): Lists.inCategoryByIDAscending
        case (_, false): Lists.inCategoryByIDDescending
        }
    }
}
