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

    let sort: Sort
    let isAscending: Bool
    /// As asked for, for cursors: `category=7`.
    let filters: [String]
    private let sight: Sight
    private let entry: TopicEntry
    private let streams: [TopicWalk.Stream]
    private let wish: TopicWish

    /// Reads the query: 404 for a category that `viewer` does not see, 400 for a sort that a filter
    /// has no index for, 401 and 403 for what is not theirs to ask.
    init<Source: Reader & ~Copyable>(
        _ query: QueryParameters, for viewer: Viewer, _ reader: borrowing Source
    ) throws {
        let wish = try TopicWish(query, for: viewer, reader)
        try self.init(wish, wish.sort, wish.order, Sight(viewer, in: reader))
    }

    /// What `viewer` follows and has not read, oldest first.
    init<Source: Reader & ~Copyable>(
        unreadBy viewer: Viewer, _ reader: borrowing Source
    ) throws {
        try self.init(TopicWish.unread, .id, nil, Sight(viewer, in: reader))
    }

    private init(
        _ wish: TopicWish, _ sort: Sort, _ order: TopicWish.Order?, _ sight: Sight
    ) throws {
        self.sort = sort
        self.wish = wish
        self.sight = sight
        isAscending = order.map { $0 == .asc } ?? (sort == .id)
        entry = wish.entry(for: sight.viewer)
        filters = wish.filters
        guard entry.sorts.contains(sort) else {
            let sorts = entry.sorts.map(\.rawValue).joined(separator: ", ")
            throw APIError.malformed(
                "sort=\(sort.rawValue) is not offered with these filters; use one of: \(sorts)")
        }
        try wish.requireRights(sight)
        streams = TopicWalk.streams(entry, wish.state, category: wish.category, for: sight)
    }

    /// The name of the order in cursors.
    var name: String { isAscending ? sort.rawValue : "\(sort.rawValue)-desc" }

    /// Whether its rows depend on what its reader follows and has read.
    var isPersonal: Bool { if case .followed = entry { true } else { false } }

    /// Whether this is the list of all topics by id, for a reader who sees it by their role.
    var isPlain: Bool { sort == .id && filters.isEmpty && sight.moderated.isEmpty }

    /// The rows from a border on.
    func rows<Source: Reader & ~Copyable>(
        _ border: ListBorder, at now: Int64, _ reader: borrowing Source
    ) throws -> ListRows<TopicRow> {
        try rows(
            border, count: Int(border.rowsWanted), isUpward: isAscending != border.isBackward,
            at: now, reader)
    }

    private func rows<Source: Reader & ~Copyable>(
        _ border: ListBorder?, count: Int, isUpward: Bool, at now: Int64,
        _ reader: borrowing Source
    ) throws -> ListRows<TopicRow> {
        let from = border?.row.map { row in
            if case .integer(let key) = row.key { return TopicSpot(key: key, id: row.id) }
            return TopicSpot(key: row.id, id: row.id)
        }
        let anchor = border?.anchor ?? 0
        let walk = TopicWalk(
            streams: streams, sort: sort, isUpward: isUpward,
            anchor: anchor == 0 ? .max : anchor, floor: wish.since)
        return try walk.rows(from: from, count: count, reader) { row in
            guard sight.sees(row, in: wish.state), wish.wants(row, at: now) else { return false }
            return try !isPersonal || wish.wantsFollowed(row, by: sight.viewer, reader)
        }
    }

    /// The rows of a plain list from a border on, by themselves.
    func cores<Source: Reader & ~Copyable>(
        _ border: ListBorder, _ reader: borrowing Source
    ) throws -> [TopicCore] {
        let isUpward = isAscending != border.isBackward
        let id = border.row?.id ?? (isUpward ? .min : .max)
        var cores: [TopicCore] = []
        for stream in streams {
            cores += try reader.all(
                isUpward ? Topics.ListQueries.coresAscending : Topics.ListQueries.coresDescending,
                stream.band, id, border.rowsWanted, sight.viewer.level)
        }
        if streams.count > 1 {
            cores.sort { ($0.id.rawValue < $1.id.rawValue) == isUpward }
        }
        return Array(cores.prefix(Int(border.rowsWanted)))
    }

    /// How many topics the list has, if that is kept as a number or they are not more than one page
    /// may look at; else nil.
    func total<Source: Reader & ~Copyable>(
        at now: Int64, _ reader: borrowing Source
    ) throws -> Int64? {
        let viewer = sight.viewer
        switch entry {
        case .all where wish.isKept, .category where wish.isKept:
            return try reader.one(
                Topics.ListQueries.total, viewer.level, viewer.userOrNobody,
                wish.category?.id.rawValue)
        case .tag(let tag) where wish.isKept:
            return try reader.one(
                Topics.ListQueries.totalTagged, viewer.level, viewer.userOrNobody, tag)
        default:
            let count = TopicLimits.looksMax + 1
            let rows = try rows(nil, count: count, isUpward: true, at: now, reader)
            return rows.end == nil ? Int64(rows.rows.count) : nil
        }
    }

    /// The place of a row in this order.
    func place(of row: TopicRow) -> (key: Cursor.Key, id: Int64) {
        let key =
            switch sort {
            case .id: row.topic.id.rawValue
            case .created: row.topic.createdAt.milliseconds
            case .activity: row.activity
            case .replies: row.replyCount
            case .hot: row.hot
            }
        return (sort.cursorKey(key), row.topic.id.rawValue)
    }

    /// How its reader stands to a topic of the list.
    func standing<Source: Reader & ~Copyable>(
        to row: TopicRow, at now: Int64, _ reader: borrowing Source
    ) throws -> TopicStanding? {
        try TopicStanding(
            of: sight.viewer, isModerator: sight.moderates(row.topic.category, row.levels),
            to: row, at: now, in: reader)
    }
}

extension TopicListing.Sort {
    /// A key as cursors carry it: an id alone sorts by itself.
    func cursorKey(_ key: Int64) -> Cursor.Key { self == .id ? .none : .integer(key) }
}
