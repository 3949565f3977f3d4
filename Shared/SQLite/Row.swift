import CSQLite

/// One row of a result, lent to a reader. Columns are counted from 0.
///
/// The accessors do not throw, so that a reader stays a plain initialiser: a column that holds NULL
/// (or, for numbers, a text that is none) where a value was asked makes the call that ran the
/// reader throw `unexpectedValue`, and the value returned here is never used.
@safe @usableFromInline package struct Row: ~Copyable {
    let statement: OpaquePointer
    let database: Database

    init(statement: OpaquePointer, database: Database) {
        unsafe self.statement = unsafe statement
        self.database = database
    }

    /// Whether the column holds NULL.
    package func isNull(_ column: Int32) -> Bool {
        unsafe sqlite3_column_type(statement, column) == SQLITE_NULL
    }

    /// A whole number.
    package func int64(_ column: Int32) -> Int64 {
        let value = unsafe sqlite3_column_int64(statement, column)
        if value == 0 { expectNumber(column) }
        return value
    }

    /// A whole number.
    package func int(_ column: Int32) -> Int { Int(int64(column)) }

    /// True for every number but 0.
    package func bool(_ column: Int32) -> Bool { int64(column) != 0 }

    /// A real number.
    package func double(_ column: Int32) -> Double {
        let value = unsafe sqlite3_column_double(statement, column)
        if value == 0 { expectNumber(column) }
        return value
    }

    /// A text; bytes that are not UTF-8 become U+FFFD.
    package func text(_ column: Int32) -> String {
        unsafe withText(column) { unsafe String(decoding: $0, as: UTF8.self) }
    }

    /// A blob.
    package func bytes(_ column: Int32) -> [UInt8] {
        guard let start = unsafe sqlite3_column_blob(statement, column) else {
            // An empty blob has no address either.
            if isNull(column) { expected("a blob", column) }
            return []
        }
        let count = unsafe Int(sqlite3_column_bytes(statement, column))
        return unsafe [UInt8](UnsafeRawBufferPointer(start: start, count: count))
    }

    /// A whole number, or nil for NULL.
    package func optionalInt64(_ column: Int32) -> Int64? { isNull(column) ? nil : int64(column) }

    /// A real number, or nil for NULL.
    package func optionalDouble(_ column: Int32) -> Double? {
        isNull(column) ? nil : double(column)
    }

    /// A text, or nil for NULL.
    package func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

    /// A blob, or nil for NULL.
    package func optionalBytes(_ column: Int32) -> [UInt8]? {
        isNull(column) ? nil : bytes(column)
    }

    /// Lends the UTF-8 of a text without copying it; the bytes are SQLite's and end with the call.
    @inlinable package func withText<R>(
        _ column: Int32, _ body: (UnsafeRawBufferPointer) throws -> R
    ) rethrows -> R {
        try unsafe body(textBytes(column))
    }

    @usableFromInline
    func textBytes(_ column: Int32) -> UnsafeRawBufferPointer {
        guard let start = unsafe sqlite3_column_text(statement, column) else {
            expected("a text", column)
            return unsafe UnsafeRawBufferPointer(start: nil, count: 0)
        }
        let count = unsafe Int(sqlite3_column_bytes(statement, column))
        return unsafe UnsafeRawBufferPointer(start: start, count: count)
    }

    /// SQLite answers 0 for what is no number, so only a 0 needs a second look.
    private func expectNumber(_ column: Int32) {
        let type = unsafe sqlite3_column_type(statement, column)
        if type != SQLITE_INTEGER && type != SQLITE_FLOAT { expected("a number", column) }
    }

    private func expected(_ what: String, _ column: Int32) {
        let name = unsafe sqlite3_column_name(statement, column).map { unsafe String(cString: $0) }
        let held = isNull(column) ? "is NULL" : "holds something else"
        let error = DatabaseError.unexpectedValue(
            column: name ?? "\(column)", reason: "\(held) where the reader wants \(what)",
            sql: unsafe oneLine(String(cString: sqlite3_sql(statement))))
        database.fault = unsafe RowFault(statement: statement, error: error)
    }
}

/// What a row reader met and could not return.
@safe @usableFromInline
struct RowFault {
    let statement: OpaquePointer
    let error: DatabaseError
}
