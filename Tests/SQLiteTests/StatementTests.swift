import Fixture
import SQLite
import Testing

private enum Prepared {
    static let counted = Query<Int64, Int64>("SELECT ?1 AS counted") { $0.int64(0) }
    static let outer = Query<Int64, Int64>(
        """
        WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < ?1)
        SELECT x FROM n
        """
    ) { $0.int64(0) }
    /// Every statement that is alive on this connection, and how often it ran.
    static let runs = Query<String, Int>(
        "SELECT sum(run) FROM sqlite_stmt WHERE sql = ?1"
    ) { $0.int(0) }
    static let statements = Query<String, Int>(
        "SELECT count(*) FROM sqlite_stmt WHERE sql = ?1"
    ) { $0.int(0) }

    static func local(_ number: Int64) -> Query<Int64, Int64> {
        Query("SELECT ?1 AS localised") { $0.int64(0) }
    }
}

struct StatementTests {
    let folder = TemporaryFolder()
    let store: Store

    init() throws { store = try Store.notes(folder) }

    @Test("a connection prepares a query once, however often it runs")
    func preparedOnce() throws {
        for number in 1...50 { _ = try store.read { try $0.one(Prepared.counted, Int64(number)) } }
        let text = "SELECT ?1 AS counted"
        #expect(try store.read { try $0.one(Prepared.runs, text) } == 50)
        #expect(try store.read { try $0.one(Prepared.statements, text) } == 1)
    }

    @Test("a query that is made again at each call still finds its statement")
    func localQuery() throws {
        for number in 1...50 {
            #expect(try store.read { try $0.one(Prepared.local(1), Int64(number)) } == number)
        }
        #expect(try store.read { try $0.one(Prepared.statements, "SELECT ?1 AS localised") } == 1)
    }

    @Test("a query may run again while its own rows are being read")
    func nested() throws {
        var sum: Int64 = 0
        try store.read { connection in
            try connection.forEach(Prepared.outer, 3) { outer in
                try connection.forEach(Prepared.outer, outer) { sum += $0 }
            }
        }
        #expect(sum == 1 + (1 + 2) + (1 + 2 + 3))
    }

    @Test("a statement left in the middle of its rows starts from the first row again")
    func abandoned() throws {
        try store.read { connection in
            #expect(throws: Refused.self) {
                try connection.forEach(Prepared.outer, 5) { if $0 == 2 { throw Refused() } }
            }
            let again = try connection.all(Prepared.outer, 3)
            #expect(again == [1, 2, 3])
        }
    }

    @Test("a prepared statement follows a change of the schema")
    func schemaChange() async throws {
        let star = Query<Void, Int64>("SELECT * FROM notes") { $0.int64(0) }
        #expect(try store.read { try $0.all(star) } == [])
        let change = Query<Void, Void>("ALTER TABLE notes ADD COLUMN extra TEXT")
        try await store.write { try $0.run(change) }
        #expect(try store.read { try $0.all(star) } == [])
    }

    @Test("a reader cannot write")
    func readersCannotWrite() throws {
        #expect(throws: DatabaseError.readOnly(path: store.path)) {
            try store.read { try $0.one(Notes.add, "sneaked in") }
        }
    }
}
