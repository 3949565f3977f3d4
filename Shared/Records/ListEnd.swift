package import Routing
package import SQLite

/// The state of a list in two numbers: where it ends, and how often it changed other than by
/// growing there. Together they are never the same for two states of one list.
package struct ListEnd: Sendable {
    package let last: Int64
    package let changes: Int64

    /// Columns: last, changes.
    package init(row: borrowing Row) {
        last = row.int64(0)
        changes = row.int64(1)
    }

    /// The tag of every page of the list.
    package var etag: ETag { ETag("l", last, version: changes) }
}
