import CSQLite

/// A place for one prepared statement of a connection.
@safe struct PreparedStatement {
    /// nil until the connection first needs it.
    var handle: OpaquePointer?
    var isInUse = false
}

extension Database {
    /// The statement for `sql`, ready to be bound. It is prepared once per connection; only when it
    /// is asked for again while its own rows are being read, a second one is prepared for that
    /// time.
    @usableFromInline
    func statement(
        _ number: Int, _ sql: StaticString, parameters: Int
    ) throws(DatabaseError) -> Statement {
        if number >= statements.count {
            statements += Array(
                repeating: PreparedStatement(), count: number + 1 - statements.count)
        }
        let known = statements[number]
        if let handle = unsafe known.handle, !known.isInUse {
            statements[number].isInUse = true
            return unsafe Statement(handle: handle, number: number, database: self)
        }
        let handle = try unsafe prepare(sql, parameters: parameters)
        guard unsafe known.handle == nil else {
            return unsafe Statement(handle: handle, number: Statement.temporary, database: self)
        }
        statements[number] = unsafe PreparedStatement(handle: handle, isInUse: true)
        return unsafe Statement(handle: handle, number: number, database: self)
    }

    /// Ends the statement's work: its locks and what was bound to it are let go.
    func giveBack(_ handle: OpaquePointer, number: Int) {
        if let fault, unsafe fault.statement == handle { self.fault = nil }
        guard number != Statement.temporary else {
            unsafe sqlite3_finalize(handle)
            return
        }
        // The result repeats the error of the last step, which was already thrown.
        unsafe sqlite3_reset(handle)
        unsafe sqlite3_clear_bindings(handle)
        statements[number].isInUse = false
    }

    private func prepare(
        _ sql: StaticString, parameters: Int
    ) throws(DatabaseError) -> OpaquePointer {
        var prepared: OpaquePointer?
        var tail: UnsafePointer<CChar>?
        let code = unsafe sqlite3_prepare_v3(
            handle, sql.pointer, Int32(sql.utf8CodeUnitCount) + 1,
            UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, &tail)
        guard code == SQLITE_OK else { throw error(code, sql.oneLine) }
        guard let statement = unsafe prepared else { throw defect("it is empty", sql) }
        let asked = unsafe Int(sqlite3_bind_parameter_count(statement))
        let end = unsafe sql.pointer + sql.utf8CodeUnitCount
        let isWhole = unsafe tail.map { unsafe $0 >= end } ?? true
        if asked == parameters && isWhole { return unsafe statement }
        unsafe sqlite3_finalize(statement)
        throw defect(
            isWhole
                ? "it has \(asked) parameters, its query gives \(parameters)"
                : "more than one statement", sql)
    }

    private func defect(_ message: String, _ sql: StaticString) -> DatabaseError {
        .statement(code: SQLITE_MISUSE, message: message, sql: sql.oneLine)
    }
}

extension StaticString {
    var oneLine: String { SQLite.oneLine("\(self)") }
}

/// A statement for a message: white space, line breaks included, as single blanks.
func oneLine(_ sql: String) -> String {
    sql.split { $0.isWhitespace }.joined(separator: " ")
}
