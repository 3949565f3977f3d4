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
        try list(
            request, sort: sort, filters: filters, tag: { try end($0).etag },
            rows: { connection, border in
                border.isBackward
                    ? try before(connection, border.number, border.rowsWanted)
                    : try after(connection, border.number, border.rowsWanted)
            }, place: place)
    }

    /// The same for lists whose order is more than one number, or changes while they are read.
    ///
    /// `rows` reads from a border. `anchor` is the newest position of the list: rows that moved
    /// beyond the one that page one saw are to be left out, see `ListBorder.anchor`. `total` counts
    /// the whole list, for those who ask with `count=exact`. `endsAt` says when something shown
    /// ends by itself, see `answer`.
    package func list<Record: JSONRecord>(
        _ request: borrowing Request, sort: String = "id", filters: [String] = [],
        at now: Int64 = 0, endsAt: ((borrowing Connection) throws -> Int64?)? = nil,
        tag: (borrowing Connection) throws -> ETag,
        anchor: ((borrowing Connection) throws -> Int64)? = nil,
        total: ((borrowing Connection) throws -> Int64?)? = nil,
        rows: (borrowing Connection, ListBorder) throws -> [Record],
        place: (Record) -> (key: Cursor.Key, id: Int64)
    ) throws -> Response {
        try list(
            request, sort: sort, filters: filters, at: now, endsAt: endsAt, tag: tag,
            anchor: anchor, total: total, found: { ListRows(try rows($0, $1)) }, place: place)
    }

    /// The same where looking for rows may be given up before a page is full.
    package func list<Record: JSONRecord>(
        _ request: borrowing Request, sort: String = "id", filters: [String] = [],
        at now: Int64 = 0, endsAt: ((borrowing Connection) throws -> Int64?)? = nil,
        tag: (borrowing Connection) throws -> ETag,
        anchor: ((borrowing Connection) throws -> Int64)? = nil,
        total: ((borrowing Connection) throws -> Int64?)? = nil,
        found: (borrowing Connection, ListBorder) throws -> ListRows<Record>,
        place: (Record) -> (key: Cursor.Key, id: Int64)
    ) throws -> Response {
        try answer(request, at: now, endsAt: endsAt) { connection in
            let wanted = try request.page(sort: sort, filters: filters)
            let isCounted = try total != nil && request.wantsTotal()
            let etag = try tag(connection)
            if request.isHeld(etag) { return .notModified(etag, for: request) }
            let newest = try anchor?(connection) ?? 0
            let rows = try found(connection, ListBorder(wanted, newest: newest))
            var page = Page(rows.rows, of: wanted, anchor: newest, end: rows.end, place: place)
            if isCounted { page.total = try total?(connection).map { Int($0) } }
            return try .json(page, for: request, etag: etag)
        }
    }

    /// The same for lists that are one reader's, such as those with a `me` block: tagged by a hash
    /// of their bytes and kept by nobody.
    package func personalList<Record: JSONRecord>(
        _ request: borrowing Request, sort: String = "id", filters: [String] = [],
        anchor: ((borrowing Connection) throws -> Int64)? = nil,
        total: ((borrowing Connection) throws -> Int64?)? = nil,
        found: (borrowing Connection, ListBorder) throws -> ListRows<Record>,
        place: (Record) -> (key: Cursor.Key, id: Int64)
    ) throws -> Response {
        let wanted = try request.page(sort: sort, filters: filters)
        let isCounted = try total != nil && request.wantsTotal()
        let page = try snapshot { connection -> Page<Record> in
            let newest = try anchor?(connection) ?? 0
            let rows = try found(connection, ListBorder(wanted, newest: newest))
            var page = Page(rows.rows, of: wanted, anchor: newest, end: rows.end, place: place)
            if isCounted { page.total = try total?(connection).map { Int($0) } }
            return page
        }
        return try .personal(page, for: request)
    }
}
