import CSQLite

/// Several statements in one text: a migration.
struct Script {
    let bytes: [UInt8]

    /// Where and why a script stopped.
    struct Failure: Error {
        /// Counted from 1.
        let line: Int
        let error: DatabaseError

        /// The mistake when it is one of the script; nil for a full disk, a lock and the like.
        var defect: String? {
            switch error {
            case .statement(_, let message, _): message
            case .constraint: error.description
            default: nil
            }
        }
    }

    /// Runs every statement inside the transaction that is open, which none of them may end.
    func run(on database: Database) throws(Failure) {
        var offset = 0
        while let next = try runStatement(at: offset, on: database), next > offset {
            offset = next
        }
    }

    /// Where the next statement starts, or nil at the end.
    private func runStatement(at offset: Int, on database: Database) throws(Failure) -> Int? {
        var statement: OpaquePointer?
        var used = 0
        let code = unsafe prepare(at: offset, on: database, &statement, &used)
        defer { unsafe sqlite3_finalize(statement) }
        guard code == SQLITE_OK else {
            let place = unsafe Int(sqlite3_error_offset(database.handle))
            throw failure(at: offset + max(place, 0), database.error(code, ""))
        }
        guard unsafe statement != nil else { return used > 0 ? offset + used : nil }
        try unsafe finish(statement, at: offset, on: database)
        return offset + used
    }

    private func prepare(
        at offset: Int, on database: Database, _ statement: inout OpaquePointer?, _ used: inout Int
    ) -> Int32 {
        unsafe bytes.withUnsafeBytes { whole in
            let rest = unsafe UnsafeRawBufferPointer(rebasing: whole[offset...])
            guard let start = unsafe rest.bindMemory(to: CChar.self).baseAddress else { return 0 }
            var tail: UnsafePointer<CChar>?
            let code = unsafe sqlite3_prepare_v2(
                database.handle, start, Int32(clamping: rest.count), &statement, &tail)
            used = unsafe tail.map { unsafe $0 - start } ?? 0
            return code
        }
    }

    private func finish(
        _ statement: OpaquePointer?, at offset: Int, on database: Database
    ) throws(Failure) {
        var code = SQLITE_ROW
        while code == SQLITE_ROW { code = unsafe sqlite3_step(statement) }
        guard code == SQLITE_DONE else { throw failure(at: offset, database.error(code, "")) }
        if database.isOutsideTransaction {
            throw failure(
                at: offset,
                .statement(
                    code: SQLITE_MISUSE, message: "a migration may not end its transaction", sql: ""
                ))
        }
    }

    private func failure(at offset: Int, _ error: DatabaseError) -> Failure {
        let isBlank: (UInt8) -> Bool = { $0 <= UInt8(ascii: " ") }
        let start = bytes[offset...].firstIndex { !isBlank($0) } ?? bytes.count
        let line = 1 + bytes[..<start].count { $0 == UInt8(ascii: "\n") }
        return Failure(line: line, error: error)
    }
}
