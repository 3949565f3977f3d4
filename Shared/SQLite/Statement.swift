import CSQLite

/// A prepared statement on loan from its connection: bound, stepped, and given back when it goes
/// out of scope.
@safe @usableFromInline package struct Statement: ~Copyable {
    /// The number of a statement that is not kept.
    static let temporary = -1

    let handle: OpaquePointer
    let number: Int
    @usableFromInline let database: Database

    init(handle: OpaquePointer, number: Int, database: Database) {
        unsafe self.handle = unsafe handle
        self.number = number
        self.database = database
    }

    deinit { unsafe database.giveBack(handle, number: number) }

    /// True while there is a row to read.
    @usableFromInline
    func step() throws(DatabaseError) -> Bool {
        let code = unsafe sqlite3_step(handle)
        if code == SQLITE_ROW { return true }
        if code == SQLITE_DONE { return false }
        throw failure(code)
    }

    /// The current row, to be read before the next step.
    @usableFromInline var row: Row { unsafe Row(statement: handle, database: database) }

    /// Throws what the reader of the current row could not say by its return value.
    @inlinable
    func checkRow() throws(DatabaseError) {
        if database.fault != nil { try throwFault() }
    }

    @usableFromInline
    func throwFault() throws(DatabaseError) {
        guard let fault = database.fault, unsafe fault.statement == handle else { return }
        throw fault.error
    }

    /// Gives a whole number to the parameter at `position`, counted from 1.
    @usableFromInline package func bind(_ value: Int64, at position: Int32) throws(DatabaseError) {
        try check(unsafe sqlite3_bind_int64(handle, position, value))
    }

    /// Gives a real number to the parameter at `position`; NaN is stored as NULL.
    @usableFromInline package func bind(_ value: Double, at position: Int32) throws(DatabaseError) {
        try check(unsafe sqlite3_bind_double(handle, position, value))
    }

    /// Gives NULL to the parameter at `position`.
    @usableFromInline package func bindNull(at position: Int32) throws(DatabaseError) {
        try check(unsafe sqlite3_bind_null(handle, position))
    }

    /// Gives a copy of the text to the parameter at `position`.
    @usableFromInline package func bind(_ value: String, at position: Int32) throws(DatabaseError) {
        var text = value
        let code = text.withUTF8 { bytes in
            // An empty text may have no address, and no address means NULL.
            guard let start = bytes.baseAddress else { return bindEmptyText(at: position) }
            return unsafe bindText(start, bytes.count, position)
        }
        try check(code)
    }

    /// Gives the literal itself to the parameter at `position`.
    @usableFromInline package func bind(
        _ value: StaticString, at position: Int32
    ) throws(DatabaseError) {
        let count = Int32(clamping: value.utf8CodeUnitCount)
        try check(unsafe forum_bind_text_borrowed(handle, position, value.pointer, count))
    }

    /// Gives a copy of the bytes to the parameter at `position`.
    @usableFromInline package func bind(_ value: [UInt8], at position: Int32) throws(DatabaseError)
    {
        let code = unsafe value.withUnsafeBytes { bytes in
            guard let count = Int32(exactly: bytes.count) else { return SQLITE_TOOBIG }
            guard let start = bytes.baseAddress, count > 0 else {
                return unsafe sqlite3_bind_zeroblob(handle, position, 0)
            }
            return unsafe forum_bind_blob(handle, position, start, count)
        }
        try check(code)
    }

    private func bindText(_ start: UnsafePointer<UInt8>, _ count: Int, _ position: Int32) -> Int32 {
        guard let count = Int32(exactly: count) else { return SQLITE_TOOBIG }
        return unsafe start.withMemoryRebound(to: CChar.self, capacity: Int(count)) {
            unsafe forum_bind_text(handle, position, $0, count)
        }
    }

    private func bindEmptyText(at position: Int32) -> Int32 {
        unsafe forum_bind_text_borrowed(handle, position, ("" as StaticString).pointer, 0)
    }

    private func failure(_ code: Int32) -> DatabaseError {
        database.error(code, unsafe oneLine(String(cString: sqlite3_sql(handle))))
    }

    private func check(_ code: Int32) throws(DatabaseError) {
        if code != SQLITE_OK { throw failure(code) }
    }
}
