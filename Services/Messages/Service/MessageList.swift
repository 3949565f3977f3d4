import Bytes
import HTTP
import JSON
import MessagesAPI
import Records
import Routing
import SQLite

/// Which end of a list comes first.
private enum Order: String, CaseIterable { case asc, desc }

extension Messages {
    /// Rows of a list that follow or precede a key, as one sight has them, so many at most.
    typealias Rows = (borrowing Connection, Int64, Sight, Int64) throws -> [MessageRow]

    /// A page of a list, `order=desc` turned around: what one viewer may see, tagged by the end of
    /// the list. `start` is the key that the first page begins after.
    func posts(
        _ request: borrowing Request, sort: String = "id", filters: [String] = [],
        start: Int64? = nil, end: (borrowing Connection) throws -> ListEnd, after: Rows,
        before: Rows, key: (Message) -> Int64 = { $0.id.rawValue }
    ) throws -> Response {
        let viewer = Viewer(request)
        let parts = try PostParts(request)
        let isTurned = try request.query().word("order", Order.self) == .desc
        return try store.list(
            request, sort: isTurned ? "-\(sort)" : sort, filters: filters,
            tag: { connection in try end(connection).etag(sight(viewer, connection)) },
            rows: { connection, border in
                let sight = try sight(viewer, connection)
                let first = isTurned ? Int64.max : start ?? 0
                let border = (
                    key: border.row == nil ? first : border.number,
                    isBackward: border.isBackward != isTurned, rows: border.rowsWanted
                )
                let rows =
                    border.isBackward
                    ? try before(connection, border.key, sight, border.rows)
                    : try after(connection, border.key, sight, border.rows)
                return try posts(rows, for: viewer, parts, connection)
            },
            place: { (.integer(key($0.message)), $0.message.id.rawValue) })
    }
}
