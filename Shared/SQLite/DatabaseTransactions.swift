import CSQLite

/// Beginning and ending transactions, and what follows a commit.
extension Database {
    private enum Queries {
        static let begin = Query<Void, Void>("BEGIN IMMEDIATE")
        static let beginReading = Query<Void, Void>("BEGIN DEFERRED")
        static let commit = Query<Void, Void>("COMMIT")
        static let rollBack = Query<Void, Void>("ROLLBACK")
        static let savepoint = Query<Void, Void>("SAVEPOINT request")
        static let release = Query<Void, Void>("RELEASE request")
        static let rollBackToSavepoint = Query<Void, Void>("ROLLBACK TO request")
    }

    /// Takes the write lock at once: a transaction that first reads and then wants to write can
    /// only fail when another process wrote in between.
    func begin() throws(DatabaseError) { try run(Queries.begin) }

    /// Fixes what this connection sees at its next statement.
    func beginReading() throws(DatabaseError) { try run(Queries.beginReading) }

    /// Returns when the disk has it.
    func commit() throws(DatabaseError) { try run(Queries.commit) }

    /// Undoes the open transaction, if SQLite has not done so itself.
    func rollBack() {
        if isOutsideTransaction { return }
        // It fails only after errors that end the transaction anyway; the caller has a better one.
        try? run(Queries.rollBack)
    }

    func savepoint() throws(DatabaseError) { try run(Queries.savepoint) }
    func release() throws(DatabaseError) { try run(Queries.release) }

    func rollBackToSavepoint() throws(DatabaseError) {
        try run(Queries.rollBackToSavepoint)
        try run(Queries.release)
    }

    /// Throws when a deferred foreign key is still broken: found only at COMMIT, it would fail the
    /// requests of others.
    func checkForeignKeys() throws(DatabaseError) {
        var broken: Int32 = 0
        var unused: Int32 = 0
        unsafe sqlite3_db_status(handle, SQLITE_DBSTATUS_DEFERRED_FKS, &broken, &unused, 0)
        if broken == 0 { return }
        throw .constraint(ConstraintViolation(code: forum_constraint_foreign_key, message: ""))
    }

    /// What to tell everybody when a request, or an error it met, has ended the transaction of all.
    func ended(by error: (any Error)?) -> DatabaseError {
        if let error = error as? DatabaseError, error.endsTransactions { return error }
        let reason = error.map { ": \($0)" } ?? ""
        return .statement(
            code: SQLITE_MISUSE, message: "a request ended the transaction\(reason)", sql: "")
    }

    /// Rows changed since the connection was opened, those changed by triggers and undone included.
    var totalChanges: Int { unsafe Int(sqlite3_total_changes64(handle)) }

    /// Copies the log into the main file as far as readers allow, without waiting for anybody.
    func checkpoint() {
        // What fails here stays in the log, durable, and the next checkpoint tries again.
        unsafe sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_PASSIVE, nil, nil)
        checkpointPages = logPages + pagesToGather
    }

    /// How much longer the log may become before it is copied.
    private var pagesToGather: Int {
        let several = min(
            commitPages * StoreLimits.commitsBeforeCheckpoint, StoreLimits.logPagesMax)
        return max(StoreLimits.logPagesBeforeCheckpoint, several)
    }

    /// Whether the log has grown enough since it was copied. (Its length alone would ask for a copy
    /// after every commit as long as one slow reader keeps the log from starting over.)
    var isCheckpointDue: Bool { logPages >= checkpointPages }

    /// Called after each commit with the length of the log.
    func committed(logPages pages: Int) {
        // A shorter log is one that has started over.
        let hasStartedOver = pages < logPages
        commitPages = hasStartedOver ? pages : pages - logPages
        logPages = pages
        if hasStartedOver { checkpointPages = pagesToGather }
        statistics.logged(pages: pages)
    }

    private func run(_ query: Query<Void, Void>) throws(DatabaseError) {
        let statement = try statement(query.number, query.sql, parameters: 0)
        while try statement.step() {}
    }
}

extension DatabaseError {
    /// Whether SQLite may undo a whole transaction because of it.
    fileprivate var endsTransactions: Bool {
        switch self {
        case .full, .disk, .busy, .corrupt, .readOnly: true
        default: false
        }
    }
}
