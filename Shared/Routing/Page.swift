package import HTTP
package import JSON

/// One page of a list, with the cursors of its neighbours.
package struct Page<Row: Sendable>: Sendable {
    /// In the order of the list, at most as many as the limit.
    package let rows: [Row]
    /// Where the page after this one starts; nil if this is the last.
    package let next: Cursor?
    /// Where the page before this one ends; nil if this is the first.
    package let previous: Cursor?
    private let isFirst: Bool
    /// Whether rows have moved up to the beginning since the first page was read.
    private let hasNewer: Bool
    /// How many rows the whole list has, for `Total-Count`; nil if nobody counted.
    package var total: Int?

    /// A page of `fetched`, the rows as the store gave them: up to `rowsWanted`, and for `before`
    /// in the opposite order of the list. `place` gives a row's sort key and id. `anchor` is the
    /// newest position now: that of page one is carried from page to page, and later pages say
    /// that there is something newer. `end` is where the store gave up looking before it had
    /// found enough: the page is short, and its neighbour begins there.
    package init(
        _ fetched: [Row], of request: PageRequest, anchor: Int64 = 0,
        end: (key: Cursor.Key, id: Int64)? = nil, place: (Row) -> (key: Cursor.Key, id: Int64)
    ) {
        let isFull = fetched.count > request.limit
        var rows = isFull ? Array(fetched[..<request.limit]) : fetched
        let first = request.anchor ?? anchor
        hasNewer = first != 0 && first < anchor
        let cursorAt = { (place: (key: Cursor.Key, id: Int64)) in
            Cursor(
                sort: request.sort, key: place.key, id: place.id, filter: request.filter,
                anchor: first)
        }
        let cursor = { (row: Row) in cursorAt(place(row)) }
        let further = isFull ? rows.last.map(cursor) : end.map(cursorAt)
        switch request.position {
        case .start:
            next = further
            previous = nil
            isFirst = true
        case .after:
            next = further
            previous = rows.first.map(cursor)
            isFirst = false
        case .before:
            rows.reverse()
            next = rows.last.map(cursor)
            previous = further
            isFirst = further == nil
        }
        self.rows = rows
    }

    /// The value of the Link field (RFC 8288): next, prev, first and newer, as far as they exist;
    /// newer leads to the beginning, where something has moved up meanwhile. Every other parameter
    /// of the request is kept. Nil when the page is the whole list.
    package func link(for request: borrowing Request) -> String? {
        guard next != nil || !isFirst else { return nil }
        let path = request.head.pathText
        let kept = request.query().written(without: ["after", "before"]).map(Page.escaped)
        let target = { (parameter: String?) in
            let all = (kept + [parameter].compactMap(\.self)).joined(separator: "&")
            return all.isEmpty ? path : "\(path)?\(all)"
        }
        var links: [String] = []
        if let next { links.append("<\(target("after=\(next.text)"))>; rel=\"next\"") }
        if let previous { links.append("<\(target("before=\(previous.text)"))>; rel=\"prev\"") }
        if !isFirst { links.append("<\(target(nil))>; rel=\"first\"") }
        if hasNewer { links.append("<\(target(nil))>; rel=\"newer\"") }
        return links.joined(separator: ", ")
    }

    /// A query may hold these as they are, a link may not.
    private static func escaped(_ parameter: String) -> String {
        var escaped = ""
        for scalar in parameter.unicodeScalars {
            switch scalar {
            case "<": escaped += "%3C"
            case ">": escaped += "%3E"
            case "\"": escaped += "%22"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}

extension Response {
    /// A page as a bare array, with Link to its neighbours and `fields=` obeyed; 304 if the
    /// client holds `etag`.
    package static func json<Record: JSONRecord>(
        _ page: Page<Record>, for request: borrowing Request, etag: ETag? = nil,
        cache: CachePolicy? = nil
    ) throws(APIError) -> Response {
        var response = try json(page.rows, for: request, etag: etag, cache: cache)
        if response.status == .ok { response.navigate(page, for: request) }
        return response
    }

    /// The same for rows that are made for their reader alone: tagged by a hash of their bytes, 304
    /// if the client holds them, kept by nobody.
    package static func personal<Record: JSONRecord>(
        _ page: Page<Record>, for request: borrowing Request
    ) throws(APIError) -> Response {
        var writer = JSONWriter()
        writer.records(page.rows, try request.projection(of: Record.self))
        let json = writer.finish()
        let etag = ETag(hashing: json)
        if request.isHeld(etag) { return .notModified(etag, cache: .personal) }
        var response = Response.json(json, etag: etag, cache: .personal)
        response.navigate(page, for: request)
        return response
    }

    private mutating func navigate<Row>(_ page: Page<Row>, for request: borrowing Request) {
        if let link = page.link(for: request) { fields.append(.link, link) }
        if let total = page.total { fields.append(.totalCount, "\(total)") }
    }
}

/// A handler may return a page as it is.
extension Page: ResponseConvertible where Row: JSONRecord {
    /// The rows with their links; no tag.
    package func response(to request: borrowing Request) throws -> Response {
        try .json(self, for: request)
    }
}
