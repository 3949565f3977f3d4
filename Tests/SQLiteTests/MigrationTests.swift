import Fixture
import SQLite
import Testing

@Suite(.timeLimit(.minutes(5)))
struct MigrationTests {
    let folder = TemporaryFolder()
    var path: String { folder.file("m.sqlite") }

    private static let exists = Query<String, Int>(
        "SELECT count(*) FROM sqlite_schema WHERE name = ?1"
    ) { $0.int(0) }
    private static let history = Query<Void, String>(
        "SELECT number || ' ' || name || ' ' || applied_at FROM schema_migration ORDER BY number"
    ) { $0.text(0) }

    private func sql(_ text: String) -> [UInt8] { Array(text.utf8) }

    private func open(_ migrations: Migration..., at now: Int64 = 7) throws -> Store {
        var settings = StoreSettings()
        settings.clock = { now }
        return try Store(path: path, migrations: migrations, settings: settings)
    }

    private func failure(_ migrations: Migration...) -> String {
        do {
            _ = try Store(path: path, migrations: migrations)
            return "no failure"
        } catch {
            return error.description
        }
    }

    private func tableExists(_ name: String, in store: Store) throws -> Bool {
        try store.read { try $0.one(Self.exists, name) } == 1
    }

    private var first: Migration { Migration(1, "a", sql("CREATE TABLE a (x)")) }
    private var second: Migration {
        Migration(2, "b", sql("CREATE TABLE b (x);\n-- end\nINSERT INTO b SELECT x FROM a;\n"))
    }

    @Test("a new file gets every migration, in order, with its time")
    func newFile() throws {
        let store = try open(first, second)
        #expect(try store.read { try $0.all(Self.history) } == ["1 a 7", "2 b 7"])
        #expect(try tableExists("b", in: store))
    }

    @Test("an old file gets only what it lacks")
    func oldFile() async throws {
        await (try open(first)).close()
        let store = try open(first, second, at: 8)
        #expect(try store.read { try $0.all(Self.history) } == ["1 a 7", "2 b 8"])
    }

    @Test("opening again changes nothing")
    func again() async throws {
        await (try open(first, second)).close()
        let store = try open(first, second, at: 9)
        #expect(try store.read { try $0.all(Self.history) } == ["1 a 7", "2 b 7"])
    }

    @Test("an edited migration stops the start with one line")
    func edited() async throws {
        await (try open(first)).close()
        let edited = Migration(1, "a", sql("CREATE TABLE a (x, y)"))
        #expect(
            failure(edited)
                == "\(path): migration 1 (a) was edited after it was applied; "
                + "restore its text and add a new migration")
    }

    @Test("a file of a newer program stops the start with one line")
    func tooNew() async throws {
        await (try open(first, second)).close()
        #expect(
            failure(first)
                == "\(path): has schema 2, this program knows 1; start the newer program")
    }

    @Test("a migration that fails is rolled back together with those before it, and names its line")
    func rolledBack() async throws {
        await (try open(first)).close()
        let bad = Migration(3, "c", sql("CREATE TABLE c (x);\n\n  CREATE TABEL d (x);"))
        #expect(
            failure(first, second, bad)
                == "\(path): migration 3 (c) failed and was rolled back: "
                + "line 3: near \"TABEL\": syntax error")
        let store = try open(first)
        #expect(try !tableExists("b", in: store))
        #expect(try !tableExists("c", in: store))
    }

    @Test("a migration whose data break a rule is rolled back")
    func brokenData() throws {
        let bad = Migration(
            1, "a",
            sql(
                """
                CREATE TABLE a (x UNIQUE);
                INSERT INTO a VALUES (1);
                INSERT INTO a VALUES (1)
                """))
        #expect(failure(bad).hasSuffix("line 3: constraint unique failed: a.x"))
        #expect(try tableExists("a", in: open()) == false)
    }

    @Test("a migration that leaves a dangling foreign key is rolled back")
    func danglingKey() throws {
        let bad = Migration(
            1, "a",
            sql(
                """
                CREATE TABLE a (x INTEGER PRIMARY KEY, y REFERENCES a (x));
                INSERT INTO a VALUES (1, 2)
                """))
        #expect(failure(bad).contains("foreign keys that point to nothing"))
    }

    @Test("a migration may rebuild a table that others refer to")
    func rebuild() throws {
        let tables = Migration(
            1, "tables",
            sql(
                """
                CREATE TABLE a (x INTEGER PRIMARY KEY); CREATE TABLE b (a NOT NULL REFERENCES a (x));
                INSERT INTO a VALUES (1); INSERT INTO b VALUES (1);
                """))
        let rebuild = Migration(
            2, "rebuild",
            sql(
                """
                CREATE TABLE n (x INTEGER PRIMARY KEY, y); INSERT INTO n (x) SELECT x FROM a;
                DROP TABLE a; ALTER TABLE n RENAME TO a;
                """))
        #expect(throws: Never.self) { try open(tables, rebuild) }
    }

    @Test("a migration that ends its transaction is refused")
    func transactionControl() {
        let bad = Migration(1, "a", sql("CREATE TABLE a (x); COMMIT;"))
        #expect(failure(bad).hasSuffix("line 1: a migration may not end its transaction"))
    }

    @Test("foreign keys are checked again after migrating")
    func foreignKeysOn() async throws {
        let store = try Store.notes(folder)
        await #expect(throws: DatabaseError.self) {
            try await store.write { try $0.run(Notes.addTag, "x", 99) }
        }
    }

    @Test("numbers that are not 1, 2, 3 … are refused before the file is touched")
    func unordered() {
        #expect(failure(second).contains("number 2 (b) stands in place 1"))
    }

    @Test("several stores that start on one new file at once all find the schema, made once")
    func concurrentStart() async throws {
        let path = path
        let migrations = [first, second]
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    let store = try Store(path: path, migrations: migrations)
                    let history = try store.read { try $0.all(Self.history) }
                    #expect(history.count == 2)
                    await store.close()
                }
            }
            try await group.waitForAll()
        }
    }
}
