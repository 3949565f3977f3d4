/// Everything that can go wrong with a store, by what the caller may do about it.
@usableFromInline package enum DatabaseError: Error, Equatable, Sendable {
    /// Another connection held the lock for longer than the busy timeout. Trying again is right.
    case busy(path: String)

    /// The queue of the writer is full. Trying again later is right.
    case overloaded(path: String)

    /// The store was closed before it could take the work.
    case closed(path: String)

    /// The disk (or the allowed size of the file) is full. What was committed can still be read.
    case full(path: String)

    /// The file, its folder or the connection does not allow writing.
    case readOnly(path: String)

    /// The file is damaged or no SQLite database at all. Nothing was overwritten.
    case corrupt(path: String, reason: String)

    /// The file could not be opened or created.
    case cannotOpen(path: String, reason: String)

    /// The disk refused to read or write.
    case disk(path: String, reason: String)

    /// The file holds tables but no record of migrations: it belongs to another program.
    case foreign(path: String)

    /// The file was written by a newer program.
    case tooNew(path: String, found: Int, known: Int)

    /// A migration that this file already has was edited afterwards.
    case migrationChanged(path: String, number: Int, name: String)

    /// A migration could not be carried out and was rolled back.
    case migrationFailed(path: String, number: Int, name: String, reason: String)

    /// The program's own list of migrations is not 1, 2, 3 ….
    case migrationsUnordered(path: String, reason: String)

    /// A rule of the schema forbids the change.
    case constraint(ConstraintViolation)

    /// A statement that had to give a row gave none.
    case noRow(sql: String)

    /// A column did not hold what the row reader asked for.
    case unexpectedValue(column: String, reason: String, sql: String)

    /// A value is longer than `StoreLimits.valueBytesMax`.
    case tooBig(path: String)

    /// Anything else, such as a statement that does not fit the schema: a defect of the program.
    case statement(code: Int32, message: String, sql: String)
}

extension DatabaseError: CustomStringConvertible {
    /// One line: what, where, what to do.
    @usableFromInline package var description: String {
        switch self {
        case .busy(let path):
            "\(path): another process held the write lock for too long; try again"
        case .overloaded(let path):
            "\(path): too many writes are waiting; try again later"
        case .closed(let path):
            "\(path): the store is closed"
        case .full(let path):
            "\(path): the disk is full; reading goes on, free some space to write again"
        case .readOnly(let path):
            "\(path): not writable; allow this user to write the file and its folder"
        case .corrupt(let path, let reason):
            "\(path): \(reason); nothing was changed: put a backup in its place or name another"
        case .cannotOpen(let path, let reason):
            "\(path): cannot open: \(reason)"
        case .disk(let path, let reason):
            "\(path): the disk refused: \(reason); check the disk, then start again"
        case .constraint(let violation):
            "constraint \(violation.kind.rawValue) failed: \(violation.subject)"
        case .tooBig(let path):
            "\(path): a value is over \(StoreLimits.valueBytesMax) bytes; split it"
        case .noRow(let sql):
            "no row where one was promised: \(sql)"
        case .unexpectedValue(let column, let reason, let sql):
            "column \(column) \(reason): \(sql)"
        case .statement(let code, let message, let sql):
            "SQLite error \(code): \(message): \(sql)"
        case .foreign, .tooNew, .migrationChanged, .migrationFailed, .migrationsUnordered:
            schemaDescription
        }
    }

    private var schemaDescription: String {
        switch self {
        case .foreign(let path):
            "\(path): holds tables of another program; name another file"
        case .tooNew(let path, let found, let known):
            "\(path): has schema \(found), this program knows \(known); start the newer program"
        case .migrationChanged(let path, let number, let name):
            "\(path): migration \(number) (\(name)) was edited after it was applied; "
                + "restore its text and add a new migration"
        case .migrationFailed(let path, let number, let name, let reason):
            "\(path): migration \(number) (\(name)) failed and was rolled back: \(reason)"
        case .migrationsUnordered(let path, let reason):
            "\(path): the program's migrations are not in order: \(reason)"
        default: "database error"
        }
    }
}
