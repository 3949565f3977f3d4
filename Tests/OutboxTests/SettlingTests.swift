import Fixture
import SQLite
import Synchronization
import Testing

@testable import Outbox

/// Cards whose letters are counted after all of a copy is there, one card in a transaction.
private struct LateCards: Projection {
    private enum Queries {
        static let upsert = Query<(Int64, Int64, Int64), Void>(
            """
            INSERT INTO card (id, version, name) VALUES (?1, ?2, ?3)
            ON CONFLICT (id) DO UPDATE SET version = excluded.version, name = excluded.name
            WHERE excluded.version > card.version
            """)
        static let note = Query<(Int64, Int64), Void>(
            "INSERT INTO greeting (key) VALUES ('later ' || ?1 || ' ' || ?2)")
        static let later = Query<Void, String>("SELECT key FROM greeting ORDER BY key LIMIT 1") {
            $0.text(0)
        }
        static let forget = Query<String, Void>("DELETE FROM greeting WHERE key = ?1")
        static let count = Query<Int64, Void>("UPDATE tally SET letters = letters + ?1")
    }

    let base = Cards(kinds: ["user.changed"])
    var source: String { base.source }
    var kinds: Set<String> { base.kinds }
    var snapshotKinds: [String] { base.snapshotKinds }

    func apply(_ event: Event, in transaction: borrowing Transaction) throws {
        try base.apply(event, in: transaction)
    }

    func copy(_ row: Event, in transaction: borrowing Transaction) throws {
        guard let id = row.key.number else { throw Refused() }
        let before = try transaction.first(Cards.Queries.letters, id) ?? 0
        try transaction.run(Cards.Queries.upsert, id, row.version, "loaded \(id)")
        guard transaction.changes == 1 else { return }
        let after = try transaction.one(Cards.Queries.letters, id)
        try transaction.run(Queries.note, id, after - before)
    }

    func settle(in transaction: borrowing Transaction) throws -> Bool {
        guard let key = try transaction.first(Queries.later) else { return false }
        let letters = key.split(separator: " ").last.flatMap { Int64($0) } ?? 0
        try transaction.run(Queries.count, letters)
        try transaction.run(Queries.forget, key)
        return true
    }

    func mark(in transaction: borrowing Transaction) throws { try base.mark(in: transaction) }
    func sweep(in transaction: borrowing Transaction) throws { try base.sweep(in: transaction) }
}

/// Notes what it was asked for.
private final class NotingFeed: FeedSource {
    private let base: any FeedSource
    private let limits = Mutex<[Int]>([])

    init(_ base: any FeedSource) { self.base = base }

    /// How many rows each page of a snapshot was asked to have.
    var asked: [Int] { limits.withLock { $0 } }

    func page(
        after: Int64, epoch: String?, limit: Int, waitMilliseconds: Int
    ) async throws -> FeedPage {
        try await base.page(after: after, epoch: epoch, limit: limit, waitMilliseconds: 0)
    }

    func snapshot(kind: String, afterKey: EventKey?, limit: Int) async throws -> SnapshotPage {
        limits.withLock { $0.append(limit) }
        return try await base.snapshot(kind: kind, afterKey: afterKey, limit: limit)
    }
}

@Suite("What follows from a copy", .timeLimit(.minutes(5)))
struct SettlingTests {
    let folder = TemporaryFolder()
    let clock = ManualClock()

    @Test("nothing is reached, and nothing taken, before all that follows has been worked out")
    func notReached() async throws {
        let members = try Members(folder, clock)
        let feed = EagerFeed(base: members.feed(clock))
        let follower = try Follower(folder, clock, feed, cards: LateCards())
        try await follower.catchUp()
        try await members.load(1...2)
        let seq = try await members.rename(7, "finn")
        for expected in [.resyncing, .copied(2), .settled] as [Projector.Turn] {
            #expect(try await follower.projector.turn() == expected)
            #expect(!follower.progress.hasReached(1, of: "users"))
        }
        #expect(try follower.store.read { try $0.one(Cards.Queries.tally) } == 16)
        #expect(try await follower.catchUp() == [.settled, .applied(1), .idle])
        #expect(follower.progress.hasReached(seq, of: "users"))
        #expect(
            try follower.tables()
                == ["1 1 loaded 1", "2 1 loaded 2", "7 1 finn", "letters 20, recounted 20"])
    }

    @Test("who takes over in the middle goes on with what is left, and copies nothing again")
    func takenOver() async throws {
        let members = try Members(folder, clock)
        let feed = NotingFeed(members.feed(clock))
        let follower = try Follower(folder, clock, feed, cards: LateCards())
        try await members.rename(1, "jake")
        try await members.rename(2, "finn")
        #expect(try await follower.projector.turn() == .rebuilding)
        #expect(try await follower.projector.turn() == .copied(2))
        clock.advance(OutboxLimits.leaseMilliseconds)
        let next = try Follower(folder, clock, feed, cards: LateCards())
        #expect(try await next.catchUp() == [.settled, .settled, .idle])
        #expect(feed.asked.count == 1)
        #expect(try next.tables().last == "letters 16, recounted 16")
    }

    @Test("the chunks of a load are copied as one, and a page is asked for no more than is wanted")
    func joined() async throws {
        let members = try Members(folder, clock)
        let feed = NotingFeed(members.feed(clock))
        let follower = try Follower(folder, clock, feed)
        try await follower.catchUp()
        for part in [4...6, 1...3, 5...9, 11...12] as [ClosedRange<Int64>] {
            try await members.load(part)
        }
        let turns = try await follower.catchUp()
        #expect(turns == [.resyncing, .copied(9), .resyncing, .copied(2), .idle])
        #expect(feed.asked == [1_000, 9, 2])
        #expect(try follower.tables().count == 12)
    }

    @Test("full pages are kept together, and what changes while more are fetched is not lost")
    func gathered() async throws {
        let members = try Members(folder, clock)
        let feed = NotingFeed(members.feed(clock))
        let follower = try Follower(folder, clock, feed)
        try await follower.catchUp()
        try await members.load(1...9_500)
        #expect(try await follower.projector.turn() == .resyncing)
        #expect(try await follower.projector.turn() == .copied(4_000))
        // The next four thousand are here already, as they were before this.
        #expect(feed.asked == [1_000] + [Int](repeating: 1_000, count: 8))
        try await members.rename(5_000, "changed")
        #expect(
            try await follower.catchUp() == [.copied(4_000), .copied(1_500), .applied(1), .idle])
        #expect(feed.asked.count == 11 && feed.asked.last == 500)
        let tables = try follower.tables()
        #expect(tables.count == 9_501 && tables.contains("5000 2 changed"))
        let counted = try follower.store.read { reader in
            (try reader.one(Cards.Queries.tally), try reader.one(Cards.Queries.recount))
        }
        #expect(counted.0 == counted.1)
    }

    @Test("a part that ends with the greatest key there is does not look for one behind it")
    func greatest() async throws {
        let all = ResyncRange(kind: "user", from: 0, to: .max)
        #expect(all.joined(with: ResyncRange(kind: "user", from: 3, to: 4))?.to == .max)
        let end = FeedCursor.Copy(kind: "user", after: .number(.max), until: .max)
        #expect(end.isSettling && end.rowsMax == 0)
    }
}
