import Fixture
import SQLite
import Testing

@testable import Outbox

@Suite("What a service knows of its sources", .timeLimit(.minutes(5)))
struct ProgressTests {
    let folder = TemporaryFolder()
    let clock = ManualClock()

    private func running() async throws -> (Members, LocalFeed, Follower) {
        let members = try Members(folder, clock)
        let feed = members.feed(clock)
        let follower = try Follower(folder, clock, EagerFeed(base: feed))
        try await follower.catchUp()
        return (members, feed, follower)
    }

    @Test("a position is reached when its effects can be read, and not before")
    func reached() async throws {
        let (members, _, follower) = try await running()
        let seq = try await members.rename(1, "jake")
        #expect(!follower.progress.hasReached(seq, of: "users"))
        _ = try await follower.projector.turn()
        #expect(follower.progress.hasReached(seq, of: "users"))
        #expect(!follower.progress.hasReached(seq + 1, of: "users"))
    }

    @Test("a read that shows projected rows can tell the position they belong to")
    func position() async throws {
        let (members, _, follower) = try await running()
        let seq = try await members.rename(1, "jake")
        func read() throws -> (Int64, [String]) {
            try follower.store.snapshot { reader in
                (
                    try Outbox.position(of: "users", in: reader),
                    try reader.all(Cards.Queries.cards)
                )
            }
        }
        #expect(try read() == (0, []))
        _ = try await follower.projector.turn()
        #expect(try read() == (seq, ["1 1 jake"]))
        let other = try follower.store.read { try Outbox.position(of: "posts", in: $0) }
        #expect(other == 0)
    }

    @Test("a source that is not followed is always reached and never stale")
    func unknown() async throws {
        let (_, _, follower) = try await running()
        #expect(follower.progress.hasReached(1_000, of: "posts"))
        #expect(await follower.progress.wait(until: 1_000, of: "posts", milliseconds: 250))
        #expect(follower.progress.stalenessSeconds(of: "posts") == nil)
    }

    @Test("a replica that does not project knows what the projector has committed")
    func replica() async throws {
        let (members, feed, follower) = try await running()
        let replica = try Follower(folder, clock, EagerFeed(base: feed))
        let seq = try await members.rename(1, "jake")
        #expect(!replica.progress.hasReached(seq, of: "users"))
        _ = try await follower.projector.turn()
        #expect(replica.progress.hasReached(seq, of: "users"))
    }

    @Test("nothing is reached while a snapshot is copied, in any replica")
    func copying() async throws {
        let members = try Members(folder, clock)
        let feed = EagerFeed(base: members.feed(clock))
        // States alone: the cursor stands at the head from the beginning of the copy.
        let states = Cards(kinds: ["user.changed"])
        let follower = try Follower(folder, clock, feed, cards: states)
        let seq = try await members.rename(1, "jake")
        try await follower.catchUp()
        let replica = try Follower(folder, clock, feed, cards: states)
        try await members.store.write { try Outbox.renewEpoch(in: $0) }
        #expect(try await follower.projector.turn() == .rebuilding)
        #expect(!follower.progress.hasReached(seq, of: "users"))
        #expect(!replica.progress.hasReached(seq, of: "users"))
        try await follower.catchUp()
        #expect(follower.progress.hasReached(seq, of: "users"))
        #expect(replica.progress.hasReached(seq, of: "users"))
    }

    @Test("a causal wait ends with the commit of the projector, before any time has passed")
    func causal() async throws {
        let (members, _, follower) = try await running()
        let progress = follower.progress
        let seq = try await members.rename(1, "jake")
        async let reached = progress.wait(until: seq, of: "users", milliseconds: 250)
        await until { progress.track("users")?.signal.waiting == 1 }
        _ = try await follower.projector.turn()
        #expect(await reached)
        #expect(clock.now == ManualClock().now)
    }

    @Test("a causal wait for what does not come ends after 250 ms, whatever was asked")
    func patience() async throws {
        let (_, _, follower) = try await running()
        let progress = follower.progress
        async let reached = progress.wait(until: 99, of: "users", milliseconds: 60_000)
        await until { clock.sleepers == 1 }
        #expect(clock.longestSleep == 250)
        clock.advance(250)
        #expect(await !reached)
    }

    @Test("in a replica that does not project a causal wait looks every 20 ms")
    func causalReplica() async throws {
        let (members, feed, follower) = try await running()
        let replica = try Follower(folder, clock, EagerFeed(base: feed))
        let seq = try await members.rename(1, "jake")
        async let reached = replica.progress.wait(until: seq, of: "users", milliseconds: 250)
        for _ in 0..<3 {
            await until { clock.sleepers == 1 }
            #expect(clock.longestSleep == 20)
            clock.advance(20)
        }
        await until { clock.sleepers == 1 }
        _ = try await follower.projector.turn()
        clock.advance(20)
        #expect(await reached)
    }

    @Test("a projection is fresh for two seconds after it was last known to be up to date")
    func staleness() async throws {
        let (_, _, follower) = try await running()
        #expect(follower.progress.stalenessSeconds(of: "users") == nil)
        clock.advance(2_000)
        #expect(follower.progress.stalenessSeconds(of: "users") == nil)
        clock.advance(1)
        #expect(follower.progress.stalenessSeconds(of: "users") == 2)
        clock.advance(10_000)
        #expect(follower.progress.staleness(of: ["users", "posts"]) == "users;age=12")
        try await follower.catchUp()
        #expect(follower.progress.staleness(of: ["users", "posts"]) == nil)
    }

    @Test("a source that does not answer makes it stale at once, in every replica")
    func unreachable() async throws {
        let members = try Members(folder, clock)
        let good = EagerFeed(base: members.feed(clock))
        let switched = SwitchedFeed(good)
        let follower = try Follower(folder, clock, switched)
        try await follower.catchUp()
        let replica = try Follower(folder, clock, switched)
        #expect(try await replica.projector.turn() == .standby)
        #expect(replica.progress.stalenessSeconds(of: "users") == nil)

        switched.feed = DeadFeed()
        await #expect(throws: FeedError.self) { try await follower.projector.turn() }
        #expect(follower.progress.stalenessSeconds(of: "users") == 0)
        clock.advance(5_000)
        #expect(try await replica.projector.turn() == .standby)
        #expect(follower.progress.stalenessSeconds(of: "users") == 5)
        #expect(replica.progress.stalenessSeconds(of: "users") == 5)

        switched.feed = good
        try await follower.catchUp()
        #expect(try await replica.projector.turn() == .standby)
        #expect(follower.progress.stalenessSeconds(of: "users") == nil)
        #expect(replica.progress.stalenessSeconds(of: "users") == nil)
    }

    @Test("a projection that cannot keep up is stale, in every replica")
    func slow() async throws {
        let members = try Members(folder, clock)
        let follower = try Follower(
            folder, clock, EagerFeed(base: members.feed(clock), limit: 1))
        try await follower.catchUp()
        for n in 1...5 { try await members.greet("\(n)") }
        clock.advance(3_000)
        #expect(try await follower.projector.turn() == .applied(1))
        #expect(follower.progress.stalenessSeconds(of: "users") == 3)
        let replica = try Follower(
            folder, clock, EagerFeed(base: members.feed(clock), limit: 1))
        #expect(try await replica.projector.turn() == .standby)
        #expect(replica.progress.stalenessSeconds(of: "users") == 3)
    }

    @Test("a process is ready once it has caught up, or after five seconds")
    func ready() async throws {
        let members = try Members(folder, clock)
        let good = EagerFeed(base: members.feed(clock))
        let first = try Follower(folder, clock, good)
        #expect(!first.progress.caughtUp)
        try await first.catchUp()
        #expect(first.progress.caughtUp)

        let replica = try Follower(folder, clock, good)
        #expect(!replica.progress.caughtUp)
        #expect(try await replica.projector.turn() == .standby)
        #expect(replica.progress.caughtUp)

        let lonely = try Follower(folder, clock, DeadFeed(), name: "lonely")
        await #expect(throws: FeedError.self) { try await lonely.projector.turn() }
        clock.advance(4_999)
        #expect(!lonely.progress.caughtUp)
        clock.advance(1)
        #expect(lonely.progress.caughtUp)
    }

    @Test("the figures say where it stands, how far the source is, and what was done")
    func figures() async throws {
        let (members, _, follower) = try await running()
        try await members.rename(1, "jake")
        try await members.greet("hello")
        try await follower.catchUp()
        #expect(
            follower.progress.figures == [
                ProjectorFigures(
                    source: "users", position: 2, head: 2, lagSeconds: 0, isReachable: true,
                    isHolder: true, applied: 2, rebuilds: 1, failures: 0, refusedPages: 0,
                    failure: nil)
            ])
    }
}
