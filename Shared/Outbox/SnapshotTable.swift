package import SQLite

/// How a service gives the present state of one kind of thing, for readers that begin or have
/// fallen behind.
package struct SnapshotTable: Sendable {
    /// Rows whose keys follow `after` (nil: from the first), in the order of keys, at most `limit`.
    package typealias Rows =
        @Sendable (_ reader: borrowing Connection, _ after: EventKey?, _ limit: Int) throws ->
        [Event]

    /// As it is asked for: `user`. Its rows are events of the kind `user.changed`.
    package let kind: String
    let rows: Rows

    /// A table with keys of any kind.
    package init(_ kind: String, rows: @escaping Rows) {
        self.kind = kind
        self.rows = rows
    }

    /// A table whose keys are numbers from 1; `after` is 0 at the start.
    package init(
        _ kind: String,
        numbered rows:
            @escaping @Sendable (
                _ reader: borrowing Connection, _ after: Int64, _ limit: Int
            ) throws -> [Event]
    ) {
        self.init(kind) { reader, after, limit in
            // A text is greater than every number: nothing follows it here.
            if case .text? = after { return [] }
            return try rows(reader, after?.number ?? 0, limit)
        }
    }
}
