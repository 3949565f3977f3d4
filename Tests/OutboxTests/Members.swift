import Bytes
import Fixture
import JSON
import Outbox
import SQLite

/// The service that others follow: members with a name and a version, and greetings, which are
/// facts.
struct Members: Sendable {
    static let schema = [
        Migration(
            1, "members",
            Array(
                """
                CREATE TABLE members (
                    id INTEGER PRIMARY KEY, version INTEGER NOT NULL, name TEXT NOT NULL
                ) STRICT
                """.utf8)),
        Migration(2, "outbox", Outbox.schema),
    ]

    enum Queries {
        static let set = Query<(Int64, String), Int64>(
            """
            INSERT INTO members (id, version, name) VALUES (?1, 1, ?2)
            ON CONFLICT (id) DO UPDATE SET version = version + 1, name = ?2 RETURNING version
            """
        ) { $0.int64(0) }
        static let setVersion = Query<(Int64, Int64), Void>(
            "UPDATE members SET version = ?2 WHERE id = ?1")
        static let remove = Query<Int64, Void>("DELETE FROM members WHERE id = ?1")
        static let after = Query<(Int64, Int), Event>(
            "SELECT id, version, name FROM members WHERE id > ?1 ORDER BY id LIMIT ?2"
        ) { Members.changed($0.int64(0), version: $0.int64(1), $0.text(2)) }
        static let rows = Query<Void, String>(
            "SELECT seq || ' ' || kind || ' ' || key || ' ' || version FROM outbox ORDER BY seq"
        ) { $0.text(0) }
        static let bodies = Query<Void, String>("SELECT body FROM outbox ORDER BY seq") {
            $0.text(0)
        }
    }

    let store: Store

    init(_ folder: TemporaryFolder, _ clock: ManualClock, name: String = "members") throws {
        store = try Store(
            path: folder.file("\(name).sqlite"), migrations: Members.schema,
            settings: clock.settings)
    }

    init(store: Store) { self.store = store }

    static let table = SnapshotTable("user", numbered: { try $0.all(Queries.after, $1, $2) })

    func feed(_ clock: ManualClock) -> LocalFeed {
        LocalFeed(store: store, tables: [Members.table], clock: clock.feedClock)
    }

    /// Gives a member a name; returns the seq of the event.
    @discardableResult
    func rename(_ id: Int64, _ name: String) async throws -> Int64 {
        try await store.write { transaction in
            let version = try transaction.one(Queries.set, id, name)
            return try Outbox.append(
                Members.changed(id, version: version, name), in: transaction)
        }
    }

    @discardableResult
    func greet(_ key: String) async throws -> Int64 {
        try await store.write { try Outbox.append(Members.greeted(key), in: $0) }
    }

    /// Writes members without an event each, as a bulk load does.
    func load(_ range: ClosedRange<Int64>) async throws {
        try await store.write { transaction in
            for id in range { _ = try transaction.one(Queries.set, id, "loaded \(id)") }
            try Outbox.append(.resync("user", range), in: transaction)
        }
    }

    func rows() throws -> [String] { try store.read { try $0.all(Queries.rows) } }

    static func changed(_ id: Int64, version: Int64, _ name: String) -> Event {
        var json = JSONWriter()
        json.beginObject()
        json.key("id")
        json.integer(id)
        json.key("name")
        json.string(name)
        json.endObject()
        return .state("user.changed", key: .number(id), version: version, body: json.finish())
    }

    static func greeted(_ key: String) -> Event {
        .fact("user.greeted", key: .text(key), body: ByteString("{}"))
    }
}
