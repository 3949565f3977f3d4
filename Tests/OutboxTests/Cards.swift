import Bytes
import Fixture
import JSON
import SQLite

@testable import Outbox

/// The projection of another service: a card for each member, the greetings, a counter that hangs
/// on the cards, and a journal of everything that was really written.
struct Cards: Projection {
    static let schema = [
        Migration(
            1, "cards",
            Array(
                """
                CREATE TABLE card (
                    id INTEGER PRIMARY KEY, version INTEGER NOT NULL, name TEXT NOT NULL
                ) STRICT;
                CREATE TABLE greeting (key TEXT PRIMARY KEY) STRICT;
                CREATE TABLE tally (only INTEGER PRIMARY KEY, letters INTEGER NOT NULL) STRICT;
                INSERT INTO tally VALUES (1, 0);
                CREATE TABLE journal (line TEXT NOT NULL) STRICT;
                """.utf8)),
        Migration(2, "outbox", Outbox.schema),
    ]

    enum Queries {
        static let letters = Query<Int64, Int64>("SELECT length(name) FROM card WHERE id = ?1") {
            $0.int64(0)
        }
        static let upsert = Query<(Int64, Int64, String), Void>(
            """
            INSERT INTO card (id, version, name) VALUES (?1, ?2, ?3)
            ON CONFLICT (id) DO UPDATE SET version = excluded.version, name = excluded.name
            WHERE excluded.version > card.version
            """)
        static let count = Query<Int64, Void>("UPDATE tally SET letters = letters + ?1")
        static let greet = Query<String, Void>(
            "INSERT INTO greeting (key) VALUES (?1) ON CONFLICT DO NOTHING")
        static let journal = Query<String, Void>("INSERT INTO journal (line) VALUES (?1)")
        static let mark = Query<Void, Void>("UPDATE card SET version = 0")
        static let countSwept = Query<Void, Void>(
            """
            UPDATE tally SET letters = letters
                - (SELECT ifnull(sum(length(name)), 0) FROM card WHERE version = 0)
            """)
        static let sweep = Query<Void, Void>("DELETE FROM card WHERE version = 0")

        static let cards = Query<Void, String>(
            "SELECT id || ' ' || version || ' ' || name FROM card ORDER BY id"
        ) { $0.text(0) }
        static let greetings = Query<Void, String>("SELECT key FROM greeting ORDER BY key") {
            $0.text(0)
        }
        static let tally = Query<Void, Int64>("SELECT letters FROM tally") { $0.int64(0) }
        static let recount = Query<Void, Int64>("SELECT ifnull(sum(length(name)), 0) FROM card") {
            $0.int64(0)
        }
        static let journalLines = Query<Void, Int>("SELECT count(*) FROM journal") { $0.int(0) }
        static let cursor = Query<Void, Int64>("SELECT seq FROM feed_cursor") { $0.int64(0) }
    }

    let source = "users"
    var kinds: Set<String> = ["user.changed", "user.greeted"]
    let snapshotKinds = ["user"]
    /// The name of a member that cannot be taken.
    var poison = "poison"

    func apply(_ event: Event, in transaction: borrowing Transaction) throws {
        switch event.kind {
        case "user.changed": try change(event, transaction)
        case "user.greeted":
            guard case .text(let key) = event.key else { throw Refused() }
            try transaction.run(Queries.greet, key)
            if transaction.changes == 1 { try transaction.run(Queries.journal, "greeted \(key)") }
        default: throw Refused()
        }
    }

    private func change(_ event: Event, _ transaction: borrowing Transaction) throws {
        let name = try JSONValue.parse(event.body)["name"]
        guard case .string(let name)? = name, let id = event.key.number else { throw Refused() }
        // Written first, so that a refusal has something to undo.
        let before = try transaction.first(Queries.letters, id) ?? 0
        try transaction.run(Queries.upsert, id, event.version, name)
        if transaction.changes == 1 {
            let letters = Int64(name.unicodeScalars.count)
            try transaction.run(Queries.count, letters - before)
            try transaction.run(Queries.journal, "\(id) \(event.version) \(name)")
        }
        if name == poison { throw Refused() }
    }

    func mark(in transaction: borrowing Transaction) throws { try transaction.run(Queries.mark) }

    func sweep(in transaction: borrowing Transaction) throws {
        try transaction.run(Queries.countSwept)
        try transaction.run(Queries.sweep)
    }
}

struct Refused: Error {}

/// The store of the service that follows, with its projector.
struct Follower: Sendable {
    let store: Store
    let progress: Progress
    let projector: Projector

    init(
        _ folder: TemporaryFolder, _ clock: ManualClock, _ feed: any FeedSource,
        name: String = "follower", cards: any Projection = Cards()
    ) throws {
        store = try Store(
            path: folder.file("\(name).sqlite"), migrations: Cards.schema,
            settings: clock.settings)
        progress = try Progress(store: store, sources: ["users"], clock: clock.feedClock)
        projector = Projector(
            cards, store: store, feed: feed, progress: progress, clock: clock.feedClock)
    }

    /// Starts the projector of a new store, and lets the pause pass after its snapshot has begun.
    func start(_ clock: ManualClock) async {
        await projector.start()
        await until { clock.sleepers == 1 }
        clock.advance(Int64(OutboxLimits.pauseMilliseconds))
    }

    /// Turns until nothing is new; the clock has to let polls come back empty.
    @discardableResult
    func catchUp() async throws -> [Projector.Turn] {
        var turns: [Projector.Turn] = []
        while turns.last != .idle { turns.append(try await projector.turn()) }
        return turns
    }

    /// Everything in the projection, as text.
    func tables() throws -> [String] {
        try store.snapshot { reader in
            let counted = try reader.one(Cards.Queries.tally)
            let recounted = try reader.one(Cards.Queries.recount)
            return try reader.all(Cards.Queries.cards) + reader.all(Cards.Queries.greetings)
                + ["letters \(counted), recounted \(recounted)"]
        }
    }

    func position() throws -> Int64 { try store.read { try $0.one(Cards.Queries.cursor) } }
    func journal() throws -> Int { try store.read { try $0.one(Cards.Queries.journalLines) } }
    var figures: ProjectorFigures { progress.figures[0] }
}

/// A feed that never waits, and gives small pages.
struct EagerFeed: FeedSource {
    let base: any FeedSource
    var limit = Int.max

    func page(
        after: Int64, epoch: String?, limit: Int, waitMilliseconds: Int
    ) async throws -> FeedPage {
        try await base.page(
            after: after, epoch: epoch, limit: min(limit, self.limit), waitMilliseconds: 0)
    }

    func snapshot(kind: String, afterKey: EventKey?, limit: Int) async throws -> SnapshotPage {
        try await base.snapshot(kind: kind, afterKey: afterKey, limit: min(limit, self.limit))
    }
}
