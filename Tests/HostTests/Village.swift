import Bytes
import Fixture
import HTTP
import JSON
import Outbox
import Routing
import SQLite

/// A service of names: tells each change, and keeps the names that another one tells.
struct Village: FeedModule {
    let wire: String
    let store: Store
    let feed: LocalFeed
    /// Whose names it keeps; nil: nobody's.
    let neighbour: String?

    var name: String { wire }
    var prefix: String { "/api/\(wire)" }
    var projections: [any Projection] { neighbour.map { [Names(source: $0)] } ?? [] }
    var routes: [Route] { [.get("/api/\(wire)/heard", heard)] }

    init(_ wire: String, in folder: TemporaryFolder, keeping neighbour: String?) throws {
        self.wire = wire
        self.neighbour = neighbour
        store = try Store(path: folder.file("\(wire).sqlite"), migrations: Village.schema)
        feed = LocalFeed(store: store, tables: [SnapshotTable("name", numbered: Village.rows)])
    }

    /// Keeps a name of its own and tells it; answers with its position in the feed.
    func add(_ name: String) async throws -> Int64 {
        try await store.write { transaction in
            let id = try transaction.one(Queries.add, name)
            return try Outbox.append(Village.event(id, name), in: transaction)
        }
    }

    func heard(_ request: borrowing Request) throws -> Response {
        .text(try store.read { try $0.all(Queries.heard) }.joined(separator: " "))
    }

    static func event(_ id: Int64, _ name: String) -> Event {
        .state(
            "name.changed", key: .number(id), version: 1, body: ByteString("{\"name\":\"\(name)\"}")
        )
    }

    private static func rows(
        _ reader: borrowing Connection, _ after: Int64, _ limit: Int
    ) throws -> [Event] {
        try reader.all(Queries.rows, after, Int64(limit))
    }

    enum Queries {
        static let add = Query<String, Int64>(
            "INSERT INTO own (name) VALUES (?1) RETURNING id"
        ) { $0.int64(0) }
        static let rows = Query<(Int64, Int64), Event>(
            "SELECT id, name FROM own WHERE id > ?1 ORDER BY id LIMIT ?2"
        ) { Village.event($0.int64(0), $0.text(1)) }
        static let heard = Query<Void, String>("SELECT name FROM heard ORDER BY id") { $0.text(0) }
        static let hear = Query<(Int64, Int64, String), Void>(
            """
            INSERT INTO heard (id, version, name) VALUES (?1, ?2, ?3)
            ON CONFLICT (id) DO UPDATE SET version = excluded.version, name = excluded.name
            WHERE excluded.version > heard.version
            """)
        static let mark = Query<Void, Void>("UPDATE heard SET version = 0")
        static let sweep = Query<Void, Void>("DELETE FROM heard WHERE version = 0")
    }

    static let schema = [
        Migration(
            1, "village",
            Array(
                """
                CREATE TABLE own (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
                CREATE TABLE heard (
                    id INTEGER PRIMARY KEY, version INTEGER NOT NULL, name TEXT NOT NULL
                ) STRICT;
                """.utf8)),
        Migration(2, "outbox", Outbox.schema),
    ]
}

/// The names of another village.
struct Names: Projection {
    let source: String
    let kinds: Set<String> = ["name.changed"]
    let snapshotKinds = ["name"]

    func apply(_ event: Event, in transaction: borrowing Transaction) throws {
        guard let id = event.key.number,
            case .string(let name)? = try JSONValue.parse(event.body)["name"]
        else { return }
        try transaction.run(Village.Queries.hear, id, event.version, name)
    }

    func mark(in transaction: borrowing Transaction) throws {
        try transaction.run(Village.Queries.mark)
    }

    func sweep(in transaction: borrowing Transaction) throws {
        try transaction.run(Village.Queries.sweep)
    }
}
