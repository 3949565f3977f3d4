import CSQLite

/// The part of a commit that belongs to one request. It reads its own changes and everything
/// committed before it, and cannot leave the closure it is lent to.
@usableFromInline package struct Transaction: ~Copyable, Reader {
    @usableFromInline package let database: Database

    /// The time of this transaction, in milliseconds since 1970: it stands still inside.
    package let now: Int64

    init(_ database: Database, now: Int64) {
        self.database = database
        self.now = now
    }

    /// Runs a statement for what it does; rows it may give are passed over.
    @inlinable package func run<each Parameter: Bindable, Output>(
        _ query: Query<(repeat each Parameter), Output>, _ values: repeat each Parameter
    ) throws(DatabaseError) {
        let statement = try prepared(query, repeat each values)
        while try statement.step() {}
    }

    /// Rows that the latest INSERT, UPDATE or DELETE changed.
    package var changes: Int { unsafe Int(sqlite3_changes64(database.handle)) }

    /// The rowid of the latest INSERT.
    package var lastInsertedRowID: Int64 { unsafe sqlite3_last_insert_rowid(database.handle) }
}
