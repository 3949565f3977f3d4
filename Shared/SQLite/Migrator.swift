/// Brings a file to the schema of this program, or leaves it exactly as it was.
///
/// All missing steps run in one transaction that holds the write lock: of two processes that start
/// at once the second one waits and then finds the work done, and a step that fails undoes every
/// step before it, so there is no half-migrated file.
struct Migrator {
    let database: Database
    let migrations: [Migration]
    let now: Int64

    private var path: String { database.path }

    /// Throws one clear line; the file is unchanged then.
    func run() throws(DatabaseError) {
        try checkOrder()
        // A look without the lock: most starts find nothing to do and need not wait for anybody.
        if try missing().isEmpty { return }
        // Rebuilding a table is only possible with the checks off; `apply` makes up for them.
        try database.execute("PRAGMA foreign_keys = OFF")
        try database.execute("BEGIN IMMEDIATE")
        do {
            try apply(missing())
            try database.execute("COMMIT")
        } catch {
            database.rollBack()
            throw error
        }
        try database.execute("PRAGMA foreign_keys = ON")
    }

    private func checkOrder() throws(DatabaseError) {
        for (place, migration) in zip(1..., migrations) where migration.number != place {
            throw .migrationsUnordered(
                path: path,
                reason: "number \(migration.number) (\(migration.name)) stands in place \(place)")
        }
    }

    /// The steps this file does not have yet, after checking those it has.
    private func missing() throws(DatabaseError) -> ArraySlice<Migration> {
        let records = try records()
        if let newest = records.last, newest.number > migrations.count {
            throw .tooNew(path: path, found: newest.number, known: migrations.count)
        }
        for (record, migration) in zip(records, migrations)
        where record.number != migration.number || record.checksum != migration.checksum {
            throw .migrationChanged(path: path, number: migration.number, name: migration.name)
        }
        return migrations[records.count...]
    }

    private func records() throws(DatabaseError) -> [(number: Int, checksum: Int64)] {
        if try !database.execute(
            "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'schema_migration'")
        {
            let holdsTables = try database.execute("SELECT 1 FROM sqlite_schema")
            if holdsTables { throw .foreign(path: path) }
            return []
        }
        let statement = try database.statement(
            Migrator.list.number, Migrator.list.sql, parameters: 0)
        var records: [(number: Int, checksum: Int64)] = []
        while try statement.step() {
            records.append((statement.row.int(0), statement.row.int64(1)))
        }
        return records
    }

    private func apply(_ missing: ArraySlice<Migration>) throws(DatabaseError) {
        try database.execute(
            """
            CREATE TABLE IF NOT EXISTS schema_migration (
                number INTEGER PRIMARY KEY, name TEXT NOT NULL, checksum INTEGER NOT NULL,
                applied_at INTEGER NOT NULL
            ) STRICT
            """)
        for migration in missing {
            try carryOut(migration)
            try Transaction(database, now: now).run(
                Migrator.record, migration.number, migration.name, migration.checksum, now)
        }
    }

    private func carryOut(_ migration: Migration) throws(DatabaseError) {
        func failure(_ reason: String) -> DatabaseError {
            .migrationFailed(
                path: path, number: migration.number, name: migration.name, reason: reason)
        }
        do {
            try Script(bytes: migration.sql).run(on: database)
        } catch {
            guard let defect = error.defect else { throw error.error }
            throw failure("line \(error.line): \(defect)")
        }
        if try database.execute("PRAGMA foreign_key_check") {
            throw failure("it leaves foreign keys that point to nothing")
        }
    }

    private static let list = Query<Void, Void>(
        "SELECT number, checksum FROM schema_migration ORDER BY number")

    private static let record = Query<(Int, String, Int64, Int64), Void>(
        """
        INSERT INTO schema_migration (number, name, checksum, applied_at)
        VALUES (?1, ?2, ?3, ?4)
        """)
}
