package import HTTP
package import JSON
package import Routing
package import SQLite

extension Store {
    /// One page of a list as an answer, or 304: tag and rows are of one state of the store, and a
    /// client that holds the tag costs no more than reading it.
    ///
    /// `after` and `before` are given a key and how many rows; `before` reads in the opposite
    /// order. `sort` and `filters` say which list it is, so that a cursor of another one is
    /// refused.
    package func list<Record: JSONRecord>(
        _ request: borrowing Request, sort: String = "id", filters: [String] = [],
        end: (borrowing Connection) throws -> ListEnd,
        after: (borrowing Connection, Int64, Int64) throws -> [Record],
        before: (borrowing Connection, Int64, Int64) throws -> [Record],
        place: (Record) -> (key: Cursor.Key, id: Int64)
    ) throws -> Response {
        let wanted = try request.page(sort: sort, filters: filters)
        let (etag, rows) = try snapshot { connection -> (ETag, [Record]?) in
            let etag = try end(connection).etag
            if request.isHeld(etag) { return (etag, nil) }
            let count = Int64(wanted.rowsWanted)
            switch wanted.position {
            case .start: return (etag, try after(connection, 0, count))
            case .after(let cursor): return (etag, try after(connection, cursor.keyset, count))
            case .before(let cursor): return (etag, try before(connection, cursor.keyset, count))
            }
        }
        guard let rows else { return .notModified(etag, for: request) }
        return try .json(Page(rows, of: wanted, place: place), for: request, etag: etag)
    }
}

extension Cursor {
    /// The number to go on from: the sort's own, where it has one, else the id.
    fileprivate var keyset: Int64 {
        if case .integer(let key) = key { key } else { id }
    }
}
