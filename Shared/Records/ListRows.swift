package import Routing

/// Rows of a list from a border on, as a store found them.
package struct ListRows<Record: Sendable>: Sendable {
    package let rows: [Record]
    /// Where looking was given up before there were as many rows as wanted: a place from which a
    /// next page goes on. Nil when there are enough, or no more.
    package let end: (key: Cursor.Key, id: Int64)?

    package init(_ rows: [Record], end: (key: Cursor.Key, id: Int64)? = nil) {
        self.rows = rows
        self.end = end
    }

    /// The same rows in another form.
    package func map<Other>(_ change: ([Record]) throws -> [Other]) rethrows -> ListRows<Other> {
        ListRows<Other>(try change(rows), end: end)
    }
}
