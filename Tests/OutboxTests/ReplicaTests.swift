import Fixture
import SQLite
import Seeding
import Testing

@testable import Outbox

/// What holds between processes over the same files; the others are real processes, and killed.
@Suite(
    "Several processes", .timeLimit(.minutes(5)), .serialized,
    .enabled(if: ChildRole.current == nil))
struct ReplicaTests {
    let folder = TemporaryFolder()

    private static let journal = Query<Void, Int64>(
        "SELECT count(*) FROM journal WHERE line LIKE 'greeted%'"
    ) { $0.int64(0) }
    private static let cursor = Query<Void, Int64>(
        "SELECT ifnull((SELECT seq FROM feed_cursor), 0)"
    ) { $0.int64(0) }

    @Test("a projector killed at any moment has written exactly what its cursor says")
    func killed() async throws {
        var random = SeededRandom()
        let members = Members(
            store: try Store(
                path: folder.file("members.sqlite"), migrations: Members.schema))
        let count: Int64 = 400
        try await members.store.write { transaction in
            for n in 1...count { try Outbox.append(Members.greeted("\(n)"), in: transaction) }
        }
        let store = try Store(path: folder.file("follower.sqlite"), migrations: Cards.schema)
        func check() throws {
            // Each event is one greeting, so what was written and where the cursor stands agree.
            let (written, cursor) = try store.snapshot { reader in
                (try reader.one(Self.journal), try reader.one(Self.cursor))
            }
            #expect(written == cursor, "\(random)")
        }
        while try store.read({ try $0.one(Self.cursor) }) < count {
            let child = ChildRole.project.start(folder: folder.path)
            for _ in 0..<Int.random(in: 1...30, using: &random) where await child.line() != nil {
                try check()
            }
            await child.kill()
            try check()
        }
        let greetings = try store.read { try $0.all(Cards.Queries.greetings) }
        #expect(Set(greetings) == Set((1...count).map { "\($0)" }))
    }

    @Test("a waiting poll sees the commits of another process, every one of them")
    func otherProcess() async throws {
        let members = Members(
            store: try Store(
                path: folder.file("members.sqlite"), migrations: Members.schema))
        let feed = LocalFeed(store: members.store)
        let child = ChildRole.greet.start(folder: folder.path)
        var after: Int64 = 0
        while after < 50 {
            let page = try await feed.page(
                after: after, epoch: nil, limit: 500, waitMilliseconds: 25_000)
            guard case .events(let entries, _) = page else { throw Refused() }
            #expect(entries.map(\.seq) == Array(after + 1...after + Int64(entries.count)))
            after += Int64(entries.count)
        }
        await child.kill()
        // Whatever the child was told is kept can be read here.
        var acknowledged: Int64 = 0
        while let line = await child.line() { acknowledged = Int64(line)! }
        #expect(try members.store.read { try Outbox.head(in: $0) } >= acknowledged)
    }
}
