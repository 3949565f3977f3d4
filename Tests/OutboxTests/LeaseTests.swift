import Fixture
import SQLite
import Testing

@testable import Outbox

@Suite("Several replicas over one store", .timeLimit(.minutes(5)))
struct LeaseTests {
    let folder = TemporaryFolder()
    let clock = ManualClock()

    @Test("of two projectors one works and the other stands by")
    func one() async throws {
        let members = try Members(folder, clock)
        let feed = EagerFeed(base: members.feed(clock))
        let first = try Follower(folder, clock, feed)
        let second = try Follower(folder, clock, feed)
        try await first.catchUp()
        try await members.rename(1, "jake")
        #expect(try await second.projector.turn() == .standby)
        #expect(try await first.projector.turn() == .applied(1))
        #expect(first.figures.isHolder)
        #expect(!second.figures.isHolder)
    }

    @Test("a holder that falls silent is replaced when its lease has ended, and goes on after it")
    func takeover() async throws {
        let members = try Members(folder, clock)
        let feed = EagerFeed(base: members.feed(clock))
        let first = try Follower(folder, clock, feed)
        let second = try Follower(folder, clock, feed)
        try await members.rename(1, "jake")
        try await first.catchUp()
        try await members.rename(1, "Jake")
        clock.advance(OutboxLimits.leaseMilliseconds - 1)
        #expect(try await second.projector.turn() == .standby)
        clock.advance(1)
        #expect(try await second.projector.turn() == .applied(1))
        #expect(try await first.projector.turn() == .standby)
        #expect(try second.journal() == 2)
    }

    @Test("a holder that is gone without a word is replaced at once")
    func gone() async throws {
        let members = try Members(folder, clock)
        let feed = EagerFeed(base: members.feed(clock))
        var first: Follower? = try Follower(folder, clock, feed)
        try await first?.catchUp()
        try await members.rename(1, "jake")
        let second = try Follower(folder, clock, feed)
        #expect(try await second.projector.turn() == .standby)
        first = nil
        #expect(try await second.projector.turn() == .applied(1))
        #expect(second.figures.isHolder)
    }

    @Test("who takes over from one that hangs is not taken over from when that one goes on")
    func settled() async throws {
        let members = try Members(folder, clock)
        let feed = EagerFeed(base: members.feed(clock))
        let first = try Follower(folder, clock, feed)
        let second = try Follower(folder, clock, feed)
        try await first.catchUp()
        clock.advance(OutboxLimits.leaseMilliseconds)
        #expect(try await second.projector.turn() == .idle)
        #expect(try await first.projector.turn() == .standby)
        #expect(try await second.projector.turn() == .idle)
        for _ in 0..<3 {
            #expect(try await first.projector.turn() == .standby)
            #expect(second.figures.isHolder)
        }
    }

    @Test("a holder that works keeps its lease, also when there is nothing to commit")
    func renewed() async throws {
        let members = try Members(folder, clock)
        let feed = EagerFeed(base: members.feed(clock))
        let first = try Follower(folder, clock, feed)
        let second = try Follower(folder, clock, feed)
        try await first.catchUp()
        for _ in 0..<10 {
            clock.advance(OutboxLimits.leaseRenewMilliseconds + 1)
            #expect(try await first.projector.turn() == .idle)
            #expect(try await second.projector.turn() == .standby)
        }
        let commits = first.store.statistics.commits
        #expect(try await first.projector.turn() == .idle)
        #expect(first.store.statistics.commits == commits)
    }

    @Test("what a holder brings after its lease was taken over is not written")
    func fenced() async throws {
        let members = try Members(folder, clock)
        let gated = GatedFeed(members.feed(clock))
        let first = try Follower(folder, clock, gated)
        async let begun = first.projector.turn()
        await until { gated.count == 1 }
        gated.open()
        #expect(try await begun == .rebuilding)
        #expect(try await first.projector.turn() == .copied(0))

        try await members.rename(1, "jake")
        async let late = first.projector.turn()
        await until { gated.count == 1 }
        // Meanwhile, as if this process had been stopped for a while:
        clock.advance(OutboxLimits.leaseMilliseconds)
        let second = try Follower(folder, clock, EagerFeed(base: members.feed(clock)))
        #expect(try await second.projector.turn() == .applied(1))
        try await members.rename(2, "finn")
        gated.open()
        #expect(try await late == .standby)
        #expect(try second.position() == 1)
        #expect(try second.tables() == ["1 1 jake", "letters 4, recounted 4"])
        #expect(!first.figures.isHolder)
        #expect(try await second.projector.turn() == .applied(1))
    }

    @Test("a lease from before the clock was set back binds nobody")
    func clockSetBack() async throws {
        let members = try Members(folder, clock)
        let feed = EagerFeed(base: members.feed(clock))
        let first = try Follower(folder, clock, feed)
        try await first.catchUp()
        clock.advance(-3_600_000)
        let second = try Follower(folder, clock, feed)
        #expect(try await second.projector.turn() == .idle)
    }
}
