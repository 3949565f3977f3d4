import Fixture
import SQLite
import Seeding
import Testing

@testable import Outbox

@Suite("Compaction", .timeLimit(.minutes(5)))
struct CompactionTests {
    let folder = TemporaryFolder()
    let clock = ManualClock()

    private func compact(_ members: Members) async throws -> Int {
        try await Compaction(store: members.store, clock: clock.feedClock).run()
    }

    @Test("a superseded state goes once it is older than an hour, the newest one never")
    func superseded() async throws {
        let members = try Members(folder, clock)
        try await members.rename(1, "a")
        clock.advance(1)
        try await members.rename(1, "b")
        try await members.rename(2, "c")
        clock.advance(OutboxLimits.supersededMilliseconds - 1)
        #expect(try await compact(members) == 0)
        clock.advance(1)
        #expect(try await compact(members) == 1)
        #expect(try members.rows() == ["2 user.changed 1 2", "3 user.changed 2 1"])
        clock.advance(365 * 24 * 3_600_000)
        #expect(try await compact(members) == 0)
    }

    @Test("facts go after two weeks, and who stands before them is told")
    func facts() async throws {
        let members = try Members(folder, clock)
        try await members.rename(1, "a")
        try await members.greet("first")
        try await members.greet("second")
        clock.advance(OutboxLimits.factMilliseconds)
        try await members.greet("third")
        #expect(try await compact(members) == 0)
        clock.advance(1)
        #expect(try await compact(members) == 2)
        #expect(try members.rows() == ["1 user.changed 1 1", "4 user.greeted third 0"])
        let feed = members.feed(clock)
        let old = try await feed.page(after: 2, epoch: nil, limit: 9, waitMilliseconds: 0)
        #expect(old == .gone(old.state))
        let new = try await feed.page(after: 3, epoch: nil, limit: 9, waitMilliseconds: 0)
        #expect(new != .gone(new.state))
    }

    @Test("the head stays where it was when the newest event is removed")
    func head() async throws {
        let members = try Members(folder, clock)
        try await members.greet("only")
        clock.advance(OutboxLimits.factMilliseconds + 1)
        #expect(try await compact(members) == 1)
        #expect(try members.feed(clock).figures().state.head == 1)
        #expect(try await members.greet("next") == 2)
    }

    @Test("a long outbox is walked in commits of bounded size")
    func chunks() async throws {
        let members = try Members(folder, clock)
        let count = 2 * OutboxLimits.compactionRowsMax + 10
        try await members.store.write { transaction in
            for version in 1...count {
                let event = Members.changed(1, version: Int64(version), "v")
                try Outbox.append(event, in: transaction)
            }
        }
        clock.advance(OutboxLimits.supersededMilliseconds + 1)
        let commits = members.store.statistics.commits
        #expect(try await compact(members) == count - 1)
        #expect(members.store.statistics.commits == commits + 3)
        #expect(try members.rows() == ["\(count) user.changed 1 \(count)"])
    }

    @Test(
        "whatever is compacted when, a reader ends with the newest of everything",
        arguments: 0..<6)
    func anyTime(run: Int) async throws {
        var random = SeededRandom()
        let members = try Members(folder, clock)
        let feed = EagerFeed(base: members.feed(clock), limit: 3)
        let follower = try Follower(folder, clock, feed)
        for step in 0..<120 {
            let id = Int64.random(in: 1...5, using: &random)
            switch Int.random(in: 0..<6, using: &random) {
            case 0, 1, 2: try await members.rename(id, "\(id) at \(step)")
            case 3: clock.advance(Int64.random(in: 0...2_000_000, using: &random))
            case 4: _ = try await compact(members)
            default: _ = try await follower.projector.turn()
            }
        }
        try await follower.catchUp()
        let present = try members.store.read { try $0.all(Self.present) }
        #expect(try follower.store.read { try $0.all(Cards.Queries.cards) } == present, "\(random)")
    }

    private static let present = Query<Void, String>(
        "SELECT id || ' ' || version || ' ' || name FROM members ORDER BY id"
    ) { $0.text(0) }

    @Test("a compactor walks every ten minutes, tells of failures and ends when asked")
    func compactor() async throws {
        let members = try Members(folder, clock)
        try await members.rename(1, "a")
        try await members.rename(1, "b")
        let failures = Failures()
        let compactor = Compactor(store: members.store, clock: clock.feedClock) {
            failures.add("\($0)")
        }
        await compactor.start()
        clock.advance(OutboxLimits.supersededMilliseconds)
        for _ in 0..<2 {
            await until { clock.sleepers == 1 }
            #expect(clock.longestSleep == 600_000)
            clock.advance(600_000)
        }
        await until { clock.sleepers == 1 }
        #expect(try members.rows().count == 1)
        await members.store.close()
        clock.advance(600_000)
        await until { !failures.all.isEmpty }
        #expect(failures.all.first?.hasSuffix("the store is closed") == true)
        await compactor.stop()
    }
}
