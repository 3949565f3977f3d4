import CSQLite

// How much work a connection has done, for tests that hold a bound: neither a clock nor a neighbour
// disturbs it. SQLite counts by itself; nothing is added to it while requests are answered.
extension Reader where Self: ~Copyable {
    /// Steps of SQLite's virtual machine that the kept statements of this connection have taken
    /// since they were prepared.
    package var stepsTaken: Int {
        var sum = 0
        var next = unsafe sqlite3_next_stmt(database.handle, nil)
        while let statement = unsafe next {
            sum += unsafe Int(sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_VM_STEP, 0))
            unsafe next = unsafe sqlite3_next_stmt(database.handle, statement)
        }
        return sum
    }

    /// Pages of the file that this connection has looked at since it was opened, whether they were
    /// in its cache or not; what full-text search reads is among them.
    package var pagesTouched: Int {
        pages(SQLITE_DBSTATUS_CACHE_HIT) + pages(SQLITE_DBSTATUS_CACHE_MISS)
    }

    private func pages(_ kind: Int32) -> Int {
        var count: Int32 = 0
        var highest: Int32 = 0
        let code = unsafe sqlite3_db_status(database.handle, kind, &count, &highest, 0)
        return code == SQLITE_OK ? Int(count) : 0
    }
}
