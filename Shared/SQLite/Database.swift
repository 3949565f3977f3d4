import CSQLite
import Glibc

/// One SQLite handle with its prepared statements, closed exactly once by `deinit`.
///
/// Unchecked: the handle was opened without SQLite's own mutex, and is safe because it is always in
/// exactly one hand. A reader's is taken from the stack and put back, the writer's belongs to the
/// thread of the writer.
/// Other modules only ever hold it inside a `Connection` or a `Transaction`.
@safe @usableFromInline package final class Database: @unchecked Sendable {
    let path: String
    let handle: OpaquePointer
    let busyWait: BusyWait
    let statistics: StoreStatistics
    var statements: [PreparedStatement] = []

    /// Pages in the write-ahead log after the latest commit of this connection.
    var logPages = 0

    /// By how much the latest commit has made the log longer.
    var commitPages = 0

    /// The length of the log at which it is to be copied into the main file.
    var checkpointPages = StoreLimits.logPagesBeforeCheckpoint

    /// Whether it reads in the turns of loops.
    var isForTurns = false

    /// What its reads share in a turn; readers only.
    @usableFromInline var snapshot = HeldSnapshot()

    /// What it remembers, one of each type; readers only.
    @usableFromInline let memories = MemoryShelf()

    /// What a row reader met and could not return; the call that ran the reader throws it.
    @usableFromInline var fault: RowFault?

    init(
        opening path: String, busyTimeoutMilliseconds: Int64, statistics: StoreStatistics
    ) throws(DatabaseError) {
        self.path = path
        self.statistics = statistics
        unsafe handle = try Database.open(path)
        busyWait = BusyWait(milliseconds: busyTimeoutMilliseconds, statistics: statistics)
        unsafe busyWait.install(on: handle)
        try configure()
    }

    deinit {
        memories.clear()
        for statement in statements { unsafe sqlite3_finalize(statement.handle) }
        let code = unsafe sqlite3_close(handle)
        precondition(code == SQLITE_OK, "every statement was finalized before its database closed")
    }

    private static func open(_ path: String) throws(DatabaseError) -> OpaquePointer {
        _ = Database.configuredOnce
        var handle: OpaquePointer?
        let flags =
            SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX
            | SQLITE_OPEN_EXRESCODE
        let code = unsafe sqlite3_open_v2(StoreFile.literal(path), &handle, flags, nil)
        guard code == SQLITE_OK, let opened = unsafe handle else {
            let reason = unsafe systemReason(handle) ?? text(of: code)
            unsafe sqlite3_close(handle)
            if code & 0xff == SQLITE_CANTOPEN { throw .cannotOpen(path: path, reason: reason) }
            throw DatabaseError(code: code, message: reason, path: path)
        }
        return unsafe opened
    }

    /// Refused (and harmless) when something else in the process has started SQLite before.
    private static let configuredOnce = forum_sqlite_configure()

    private static func systemReason(_ handle: OpaquePointer?) -> String? {
        guard let handle = unsafe handle else { return nil }
        let number = unsafe sqlite3_system_errno(handle)
        return number == 0 ? nil : unsafe String(cString: strerror(number))
    }

    private static func text(of code: Int32) -> String {
        unsafe String(cString: sqlite3_errstr(code))
    }

    private func configure() throws(DatabaseError) {
        unsafe sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, StoreLimits.valueBytesMax)
        try unsafe check(forum_sqlite_defend(handle), "")
        try execute("PRAGMA foreign_keys = ON")
        try execute("PRAGMA synchronous = FULL")
        try execute("PRAGMA temp_store = MEMORY")
    }

    /// Runs one statement that is not worth keeping; false when it gave no row.
    @discardableResult
    func execute(_ sql: StaticString) throws(DatabaseError) -> Bool { try text(sql) != nil }

    /// The same for the text in the first column of its first row.
    func text(_ sql: StaticString) throws(DatabaseError) -> String? {
        var statement: OpaquePointer?
        try unsafe check(
            sqlite3_prepare_v2(handle, sql.pointer, -1, &statement, nil), sql.oneLine)
        defer { unsafe sqlite3_finalize(statement) }
        let code = unsafe sqlite3_step(statement)
        if code == SQLITE_DONE { return nil }
        guard code == SQLITE_ROW else { throw error(code, sql.oneLine) }
        return unsafe sqlite3_column_text(statement, 0).map { unsafe String(cString: $0) } ?? ""
    }

    /// Whether no transaction is open; SQLite ends one by itself after the gravest errors.
    var isOutsideTransaction: Bool { unsafe sqlite3_get_autocommit(handle) != 0 }

    @inline(__always)
    func check(_ code: Int32, _ sql: @autoclosure () -> String) throws(DatabaseError) {
        if code != SQLITE_OK { throw error(code, sql()) }
    }

    /// The error SQLite has just reported on this handle.
    func error(_ code: Int32, _ sql: String) -> DatabaseError {
        let message = unsafe String(cString: sqlite3_errmsg(handle))
        return DatabaseError(code: code, message: message, path: path, sql: sql)
    }
}
