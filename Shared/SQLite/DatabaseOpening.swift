import CSQLite

/// The two kinds of connection a store opens.
extension Database {
    /// Opens or creates the file, in write-ahead mode: readers and the writer do not wait for each
    /// other. Waits long for others, because they may be migrating.
    static func openForWriting(
        _ path: String, _ statistics: StoreStatistics
    ) throws(DatabaseError) -> Database {
        let isThere = try StoreFile.exists(path)
        let database = try Database(
            opening: path, busyTimeoutMilliseconds: StoreLimits.migrationTimeoutMilliseconds,
            statistics: statistics)
        if !isThere { try StoreFile.makePrivate(path) }
        if unsafe sqlite3_db_readonly(database.handle, "main") != 0 { throw .readOnly(path: path) }
        try database.useWriteAheadLog()
        try database.execute("PRAGMA cache_size = -2048")
        try database.execute("PRAGMA journal_size_limit = 16777216")
        database.watchLog()
        return database
    }

    /// Opens a connection that cannot change anything. (Not opened read-only: the first connection
    /// after a crash has to repair the log's index, whoever it is.)
    static func openForReading(
        _ path: String, _ timeoutMilliseconds: Int64, _ statistics: StoreStatistics
    ) throws(DatabaseError) -> Database {
        let database = try Database(
            opening: path, busyTimeoutMilliseconds: timeoutMilliseconds, statistics: statistics)
        // Pages are read where the system keeps them: a page that is copied costs a system call,
        // and a point read in a store of 150 MB makes two. The cache holds those of the log.
        try database.execute("PRAGMA mmap_size = 2147418112")
        try database.execute("PRAGMA cache_size = -1024")
        try database.execute("PRAGMA query_only = ON")
        return database
    }

    /// SQLite does not wait for the lock that this needs on a new file, so the waiting is done
    /// here.
    private func useWriteAheadLog() throws(DatabaseError) {
        var attempt: Int32 = 0
        while true {
            do throws(DatabaseError) {
                if try text("PRAGMA journal_mode = WAL") == "wal" { return }
                throw .cannotOpen(
                    path: path, reason: "its file system has no shared memory; use a local disk")
            } catch {
                guard case .busy = error, busyWait.pause(attempt: attempt) else { throw error }
                attempt += 1
            }
        }
    }

    /// After each commit SQLite tells how long the log is; this also replaces its own checkpoints,
    /// which would make the committer's clients wait.
    private func watchLog() {
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe sqlite3_wal_hook(
            handle,
            { context, _, _, pages in
                guard let context = unsafe context else { return SQLITE_OK }
                let database = unsafe Unmanaged<Database>.fromOpaque(context).takeUnretainedValue()
                database.committed(logPages: Int(pages))
                return SQLITE_OK
            }, context)
    }
}
