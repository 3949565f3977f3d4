import Bytes
import HTTP
import JSON
import MessagesAPI
import Records
import Routing
import SQLite

/// A list of messages: which ones, and what tells its states apart.
struct MessageListing {
    typealias Rows = (borrowing Connection, Reach, Sight) throws -> [MessageRow]
    typealias Tag = (borrowing Connection, Sight) throws -> ETag

    /// Which end of a list comes first.
    enum Order: String, CaseIterable { case asc, desc }

    var sort = "id"
    var filters: [String] = []
    /// The key that the first page begins after.
    var start: Int64?
    let tag: Tag
    let rows: Rows
    var key: (Message) -> Int64 = { $0.id.rawValue }
}

extension Messages {
    /// A page of a list, `order=desc` turned around: what one viewer may see.
    func page(_ request: borrowing Request, _ list: MessageListing) throws -> Response {
        let viewer = Viewer(request)
        let parts = try PostParts(request)
        let isTurned = try request.query().word("order", MessageListing.Order.self) == .desc
        return try store.list(
            request, sort: isTurned ? "-\(list.sort)" : list.sort, filters: list.filters,
            tag: { connection in try list.tag(connection, sight(viewer, connection)) },
            rows: { connection, border in
                let sight = try sight(viewer, connection)
                let first = isTurned ? Int64.max : list.start ?? 0
                let reach = Reach(
                    key: border.row == nil ? first : border.number,
                    isBackward: border.isBackward != isTurned, rows: border.rowsWanted)
                return try posts(list.rows(connection, reach, sight), sight, parts, connection)
            },
            place: { (.integer(list.key($0.message)), $0.message.id.rawValue) })
    }

    /// What the viewer sees of a thread, by number: all or nothing, but for what was deleted or
    /// removed, which is for those who keep order there.
    func inThread(
        _ thread: Int64, _ connection: borrowing Connection, _ reach: Reach, _ sight: Sight
    ) throws -> [MessageRow] {
        guard let known = try lookInto(thread, connection, sight) else { return [] }
        var rows =
            reach.isBackward
            ? try connection.all(Queries.shownBefore, thread, reach.key, reach.rows)
            : try connection.all(Queries.shownAfter, thread, reach.key, reach.rows)
        if !known.isModerated { return rows }
        rows +=
            reach.isBackward
            ? try connection.all(Queries.unshownBefore, thread, reach.key, reach.rows)
            : try connection.all(Queries.unshownAfter, thread, reach.key, reach.rows)
        rows.sort { ($0.message.number < $1.message.number) != reach.isBackward }
        return Array(rows.prefix(Int(reach.rows)))
    }

    /// The tag of a thread's list. One that the viewer may not know of has that of none.
    func threadTag(
        _ thread: Int64, _ connection: borrowing Connection, _ sight: Sight
    ) throws -> ETag {
        let disorder = try connection.one(Queries.disorder)
        guard let known = try lookInto(thread, connection, sight) else {
            return sight.tag(0, disorder)
        }
        let shown = try connection.one(Queries.lastShown, thread)
        let unshown = known.isModerated ? try connection.one(Queries.lastUnshown, thread) : 0
        let changes = try connection.first(Queries.threadChanges, thread) ?? 0
        return sight.tag(max(shown, unshown), disorder + changes)
    }

    /// Nil for a thread that the viewer may not know of.
    private func lookInto(
        _ thread: Int64, _ connection: borrowing Connection, _ sight: Sight
    ) throws -> ThreadView? {
        let standing = try connection.first(ThreadCards.Queries.standing, thread)
        let isOwn = standing?.category.map(sight.categories.contains) == true
        guard isOwn || (standing?.reads ?? sight.unknown) <= sight.level else { return nil }
        return ThreadView(isModerated: isOwn || sight.viewer.isModerator)
    }
}

/// How a viewer sees a thread.
private struct ThreadView {
    let isModerated: Bool
}
