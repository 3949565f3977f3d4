import Fixture
import SQLite

/// The schema and the statements that these tests use.
enum Notes {
    static let schema = Migration(
        1, "notes",
        Array(
            """
            CREATE TABLE notes (
                id INTEGER PRIMARY KEY, text TEXT NOT NULL, data BLOB, size REAL,
                CONSTRAINT text_is_not_bad CHECK (text <> 'bad')
            ) STRICT;
            CREATE TABLE tags (
                name TEXT NOT NULL UNIQUE, note INTEGER NOT NULL REFERENCES notes (id)
            ) STRICT;
            CREATE TABLE late (
                note INTEGER NOT NULL REFERENCES notes (id) DEFERRABLE INITIALLY DEFERRED
            ) STRICT;
            """.utf8))

    static let add = Query<String, Int64>(
        "INSERT INTO notes (text) VALUES (?1) RETURNING id"
    ) { $0.int64(0) }
    static let addNumbered = Query<(Int64, String), Void>(
        "INSERT INTO notes (id, text) VALUES (?1, ?2)")
    static let text = Query<Int64, String>("SELECT text FROM notes WHERE id = ?1") { $0.text(0) }
    static let texts = Query<Void, String>("SELECT text FROM notes ORDER BY id") { $0.text(0) }
    static let count = Query<Void, Int>("SELECT count(*) FROM notes") { $0.int(0) }
    /// Wants a number where there is NULL.
    static let broken = Query<Int64, Int64>("SELECT data FROM notes WHERE id = ?1") { $0.int64(0) }
    /// 1 if a reader was in the way.
    static let restartLog = Query<Void, Int64>("PRAGMA wal_checkpoint(RESTART)") { $0.int64(0) }
    static let rename = Query<(String, Int64), Void>("UPDATE notes SET text = ?1 WHERE id = ?2")
    static let removeAll = Query<Void, Void>("DELETE FROM notes")
    static let addTag = Query<(String, Int64), Void>(
        "INSERT INTO tags (name, note) VALUES (?1, ?2)")
    static let addLate = Query<Int64, Void>("INSERT INTO late (note) VALUES (?1)")
}

extension Store {
    /// A store of notes in a folder.
    static func notes(
        _ folder: TemporaryFolder, _ name: String = "notes.sqlite",
        settings: StoreSettings = StoreSettings()
    ) throws -> Store {
        try Store(path: folder.file(name), migrations: [Notes.schema], settings: settings)
    }

    func count() throws -> Int { try read { try $0.one(Notes.count) } }
}

/// A failure that a request chooses itself.
struct Refused: Error, Equatable {}
