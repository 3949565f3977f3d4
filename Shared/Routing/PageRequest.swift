package import HTTP

/// Which part of a list a client asks for: `limit`, and `after` or `before` a cursor.
package struct PageRequest: Sendable {
    /// Where in the list a page lies.
    package enum Position: Equatable, Sendable {
        /// The beginning.
        case start
        /// The rows that follow the cursor's row in the order of the list.
        case after(Cursor)
        /// The rows that precede it, nearest first: the store reads them in the opposite order.
        case before(Cursor)
    }

    /// Rows of the page, 1…200.
    package let limit: Int
    /// The border the client knows, if any.
    package let position: Position
    /// The list's own order and filters, for the cursors of the answer.
    package let sort: String
    /// The place and the filters of the list, as `Cursor.hash`.
    package let filter: UInt64

    /// `limit` is at least one.
    package init(limit: Int, position: Position, sort: String, filter: UInt64) {
        self.limit = limit
        self.position = position
        self.sort = sort
        self.filter = filter
    }

    /// Rows to read from the store: one more than the page, to know whether there are more.
    package var rowsWanted: Int { limit + 1 }

    /// The cursor of the request; nil on the first page.
    package var cursor: Cursor? {
        switch position {
        case .start: nil
        case .after(let cursor), .before(let cursor): cursor
        }
    }
}

extension PageRequest {
    /// The newest position that page one saw; nil on page one.
    package var anchor: Int64? { cursor?.anchor }
}

extension Request {
    /// The page that the query asks for, of the list in the order `sort` filtered by `filters`
    /// (texts such as `thread=7`, always in the same order).
    ///
    /// 400 `malformed` for a limit out of range, a damaged cursor, or both directions at once; 400
    /// `cursor-mismatch` for the cursor of another list: at another path, too.
    package borrowing func page(
        sort: String = "id", filters: [String] = []
    ) throws(APIError) -> PageRequest {
        let query = query()
        let limit = try query.integer("limit", in: 1...Int64(RoutingLimits.pageRowsMax))
        let filter = list(filteredBy: filters)
        let after = try query.cursor("after", sort, filter)
        let before = try query.cursor("before", sort, filter)
        let position: PageRequest.Position
        switch (after, before) {
        case (nil, nil): position = .start
        case (let cursor?, nil): position = .after(cursor)
        case (nil, let cursor?): position = .before(cursor)
        default: throw .malformed("'after' and 'before' exclude each other")
        }
        return PageRequest(
            limit: limit.map(Int.init) ?? RoutingLimits.pageRowsDefault, position: position,
            sort: sort, filter: filter)
    }

    /// The number of the list at the path of this request: a slash at its end makes no other.
    private borrowing func list(filteredBy filters: [String]) -> UInt64 {
        let path = unsafe head.storage.bytes(head.path)
        let end = unsafe path.last == UInt8(ascii: "/") ? path.count - 1 : path.count
        return unsafe Cursor.hash(UnsafeRawBufferPointer(rebasing: path[..<end]), filters)
    }

    /// Whether the client wants to know how many rows the whole list has: `count=exact`.
    package borrowing func wantsTotal() throws(APIError) -> Bool {
        try query().word("count", CountMode.self) == .exact
    }
}

/// The only way to count: exactly, on request.
private enum CountMode: String, CaseIterable { case exact }

extension QueryParameters {
    fileprivate func cursor(
        _ name: StaticString, _ sort: String, _ filter: UInt64
    ) throws(APIError) -> Cursor? {
        guard let text = try text(name) else { return nil }
        guard let cursor = Cursor(parsing: text) else {
            throw .malformed("'\(name)' is no cursor of this API; start again at the first page")
        }
        guard cursor.sort == sort, cursor.filter == filter else {
            throw APIError(
                .cursorMismatch, "'\(name)' comes from another list; start at the first page")
        }
        return cursor
    }
}
