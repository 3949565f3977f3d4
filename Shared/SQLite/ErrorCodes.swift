import CSQLite

extension DatabaseError {
    /// What a result code of SQLite means for the caller. `message` is SQLite's own text and `sql`
    /// the statement, where there is one.
    init(code: Int32, message: String, path: String, sql: String = "") {
        self =
            switch code & 0xff {
            case SQLITE_BUSY, SQLITE_LOCKED: .busy(path: path)
            case SQLITE_FULL: .full(path: path)
            case SQLITE_READONLY: .readOnly(path: path)
            case SQLITE_CORRUPT: .corrupt(path: path, reason: "damaged (\(message))")
            case SQLITE_NOTADB: .corrupt(path: path, reason: "not an SQLite database")
            case SQLITE_CANTOPEN: .cannotOpen(path: path, reason: message)
            case SQLITE_IOERR: .disk(path: path, reason: message)
            case SQLITE_TOOBIG: .tooBig(path: path)
            case SQLITE_CONSTRAINT: .constraint(ConstraintViolation(code: code, message: message))
            default: .statement(code: code, message: message, sql: sql)
            }
    }
}
