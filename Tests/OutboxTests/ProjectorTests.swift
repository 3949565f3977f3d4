import Bytes
import Fixture
import Foundation
import SQLite
import Testing

@testable import Outbox

@Suite("Following a feed", .timeLimit(.minutes(5)))
struct ProjectorTests {
    let folder = TemporaryFolder()
    let clock = ManualClock()

    private func pair(_ limit: Int = Int.max) throws -> (Members, Follower) {
        let members = try Members(folder, clock)
        let feed = EagerFeed(base: members.feed(clock), limit: limit)
        return (members, try Follower(folder, clock, feed))
    }

    @Test("a projection begins with a snapshot and goes on with the feed")
    func begins() async throws {
        let (members, follower) = try pair()
        try await members.rename(1, "jake")
        #expect(try await follower.catchUp() == [.rebuilding, .copied(1), .applied(1), .idle])
        try await members.rename(1, "Jake")
        try await members.rename(2, "finn")
        #expect(try await follower.catchUp() == [.applied(2), .idle])
        #expect(try follower.tables() == ["1 2 Jake", "2 1 finn", "letters 8, recounted 8"])
        #expect(try follower.position() == 3)
    }

    @Test("facts that were there before the first snapshot are not lost")
    func oldFacts() async throws {
        let (members, follower) = try pair()
        try await members.greet("hello")
        try await members.rename(1, "jake")
        try await follower.catchUp()
        let tables = ["1 1 jake", "hello", "letters 4, recounted 4"]
        #expect(try follower.tables() == tables)
        #expect(try follower.journal() == 2)
    }

    @Test("a projection of states alone goes on from where the snapshot began")
    func statesOnly() async throws {
        let members = try Members(folder, clock)
        try await members.rename(1, "jake")
        try await members.rename(1, "Jake")
        let feed = EagerFeed(base: members.feed(clock))
        let follower = try Follower(
            folder, clock, feed, cards: Cards(kinds: ["user.changed"]))
        #expect(try await follower.catchUp() == [.rebuilding, .copied(1), .idle])
        #expect(try follower.position() == 2)
    }

    @Test("kinds that nobody asked for move the cursor and nothing else")
    func otherKinds() async throws {
        let (members, follower) = try pair()
        try await follower.catchUp()
        try await members.store.write { transaction in
            let event = Event.fact("user.blocked", key: .number(1), body: ByteString("{}"))
            _ = try Outbox.append(event, in: transaction)
        }
        #expect(try await follower.catchUp() == [.applied(0), .idle])
        #expect(try follower.position() == 1)
    }

    @Test("what changes while a snapshot is copied arrives by the feed")
    func changesMeanwhile() async throws {
        let (members, follower) = try pair(2)
        for id in 1...5 as ClosedRange<Int64> { try await members.rename(id, "old") }
        #expect(try await follower.projector.turn() == .rebuilding)
        #expect(try await follower.projector.turn() == .copied(2))
        try await members.rename(1, "new")
        try await members.rename(5, "new")
        try await members.rename(6, "new")
        try await follower.catchUp()
        let cards = ["1 2 new", "2 1 old", "3 1 old", "4 1 old", "5 2 new", "6 1 new"]
        #expect(try follower.tables() == cards + ["letters 18, recounted 18"])
    }

    @Test("a process that is dropped in the middle of a copy is continued where it was")
    func droppedCopy() async throws {
        let (members, follower) = try pair(2)
        for id in 1...5 as ClosedRange<Int64> { try await members.rename(id, "m") }
        for _ in 0..<2 { _ = try await follower.projector.turn() }
        clock.advance(OutboxLimits.leaseMilliseconds)
        let feed = EagerFeed(base: members.feed(clock), limit: 2)
        let next = try Follower(folder, clock, feed)
        #expect(try await next.catchUp().prefix(2) == [.copied(2), .copied(1)])
        #expect(next.figures.rebuilds == 0)
        #expect(try next.journal() == 5)
    }

    @Test("the effects of a page and its cursor are kept together or not at all")
    func atomic() async throws {
        let (members, follower) = try pair()
        try await follower.catchUp()
        try await members.rename(1, "poison")
        await #expect(throws: ProjectionFailure.self) { try await follower.projector.turn() }
        // The card was written before the refusal.
        #expect(try follower.tables() == ["letters 0, recounted 0"])
        #expect(try follower.position() == 0)
    }

    @Test("events before one that cannot be taken are kept, and the failure names it")
    func poison() async throws {
        let (members, follower) = try pair()
        try await follower.catchUp()
        try await members.rename(1, "jake")
        try await members.rename(2, "poison")
        try await members.rename(3, "finn")
        #expect(try await follower.projector.turn() == .applied(1))
        for _ in 0..<2 {
            await #expect(throws: ProjectionFailure.self) { try await follower.projector.turn() }
        }
        #expect(try follower.tables() == ["1 1 jake", "letters 4, recounted 4"])
        let failure = try #require(follower.figures.failure)
        #expect(
            failure.hasPrefix("the projection of users stops at user.changed 2 version 1: Refused"))
        #expect(!failure.contains("\n"))
    }

    @Test(
        "after the restore of a backup the projection is what the source has gone back to",
        arguments: [true, false])
    func restored(isRenewed: Bool) async throws {
        let path = folder.file("members.sqlite")
        var members = try Members(folder, clock)
        for id in 1...2 as ClosedRange<Int64> { try await members.rename(id, "first") }
        await members.store.close()
        let backup = try Data(contentsOf: URL(fileURLWithPath: path))
        members = try Members(folder, clock)
        let switched = SwitchedFeed(EagerFeed(base: members.feed(clock)))
        let follower = try Follower(folder, clock, switched)
        for name in ["second", "third"] { try await members.rename(2, name) }
        try await members.rename(3, "never was")
        try await follower.catchUp()
        await members.store.close()

        try backup.write(to: URL(fileURLWithPath: path))
        members = try Members(folder, clock)
        // Without it only a feed that has not grown beyond the old position is recognised.
        if isRenewed {
            try await members.store.write { try Outbox.renewEpoch(in: $0) }
            for n in 1...9 { try await members.greet("\(n)") }
        }
        try await members.rename(2, "again")
        switched.feed = EagerFeed(base: members.feed(clock))
        try await follower.catchUp()
        let cards = try follower.store.read { try $0.all(Cards.Queries.cards) }
        #expect(cards == ["1 1 first", "2 2 again"])
        #expect(try follower.tables().last == "letters 10, recounted 10")
        #expect(follower.figures.rebuilds == 2)
    }

    @Test("a position that was not kept rebuilds, and rows that have vanished go")
    func gone() async throws {
        let (members, follower) = try pair()
        try await members.rename(1, "jake")
        try await members.rename(2, "finn")
        try await follower.catchUp()
        try await members.greet("hello")
        try await members.store.write { transaction in
            try transaction.run(Members.Queries.remove, 2)
            try transaction.run(Outbox.Queries.raiseFloor, 3)
        }
        try await members.rename(1, "Jake")
        try await follower.catchUp()
        #expect(try follower.tables() == ["1 2 Jake", "letters 4, recounted 4"])
        #expect(follower.figures.rebuilds == 2)
    }

    @Test("while a snapshot is copied the rows of before are served")
    func servedMeanwhile() async throws {
        let (members, follower) = try pair(1)
        try await members.rename(1, "jake")
        try await members.rename(2, "finn")
        try await follower.catchUp()
        try await members.store.write { try Outbox.renewEpoch(in: $0) }
        #expect(try await follower.projector.turn() == .rebuilding)
        #expect(try follower.tables().dropLast() == ["1 0 jake", "2 0 finn"])
    }

    @Test("a bulk load without events is copied where its event stands, and only its part")
    func resync() async throws {
        let (members, follower) = try pair(2)
        try await members.rename(1, "jake")
        try await follower.catchUp()
        try await members.load(10...14)
        try await members.rename(1, "Jake")
        let turns = try await follower.catchUp()
        #expect(
            turns == [.resyncing, .copied(2), .copied(2), .copied(1), .applied(1), .idle])
        #expect(try follower.tables().count == 7)
        #expect(try follower.journal() == 7)
        #expect(follower.figures.rebuilds == 1)
    }

    @Test("a load that is followed by a change of the same row ends with the change")
    func resyncThenChange() async throws {
        let (members, follower) = try pair(2)
        try await follower.catchUp()
        try await members.load(1...3)
        try await members.rename(2, "changed")
        try await follower.catchUp()
        let cards = ["1 1 loaded 1", "2 2 changed", "3 1 loaded 3"]
        #expect(try follower.tables().dropLast() == cards[...])
    }

    @Test("a stopped projector leaves the lease, and the next one begins at once")
    func stop() async throws {
        let members = try Members(folder, clock)
        let feed = members.feed(clock)
        let first = try Follower(folder, clock, feed)
        await first.start(clock)
        await until { feed.sleepingPolls == 1 }
        await first.projector.stop()
        #expect(feed.sleepingPolls == 0)
        try await members.rename(1, "jake")
        let second = try Follower(folder, clock, EagerFeed(base: feed))
        try await second.catchUp()
        #expect(try second.tables().first == "1 1 jake")
    }

    @Test("a projector that runs follows each commit")
    func runs() async throws {
        let members = try Members(folder, clock)
        let feed = members.feed(clock)
        let follower = try Follower(folder, clock, feed)
        await follower.start(clock)
        for n in 1...3 {
            await until { feed.sleepingPolls == 1 }
            let seq = try await members.rename(1, "name \(n)")
            await until { follower.progress.hasReached(seq, of: "users") }
            #expect(try follower.tables().first == "1 \(n) name \(n)")
        }
        await follower.projector.stop()
    }

    @Test("a source that sends back to the beginning again and again is asked ever more slowly")
    func rebuildStorm() async throws {
        let members = try Members(folder, clock)
        let follower = try Follower(folder, clock, ForgetfulFeed(base: members.feed(clock)))
        await follower.projector.start()
        for bound in [100, 200, 400, 800, 1_600, 2_000, 2_000] as [Int64] {
            await until { clock.sleepers == 1 }
            #expect((bound / 2...bound).contains(clock.longestSleep))
            clock.advance(bound)
        }
        await follower.projector.stop()
        #expect(follower.figures.rebuilds >= 7)
    }

    @Test("a source that is down is asked again after pauses that grow, and then followed on")
    func downAndBack() async throws {
        let members = try Members(folder, clock)
        let switched = SwitchedFeed(DeadFeed())
        let follower = try Follower(folder, clock, switched)
        await follower.projector.start()
        for bound in [100, 200, 400, 800, 1_600, 2_000, 2_000] as [Int64] {
            await until { clock.sleepers == 1 }
            #expect((bound / 2...bound).contains(clock.longestSleep))
            clock.advance(bound)
        }
        await until { clock.sleepers == 1 }
        #expect(follower.figures.isReachable == false)
        #expect(
            follower.figures.failure
                == "the feed of users does not answer: nobody is there; trying again")
        let seq = try await members.rename(1, "jake")
        switched.feed = members.feed(clock)
        clock.advance(2_000)
        // The pause after the snapshot has begun.
        await until { clock.sleepers == 1 }
        clock.advance(2_000)
        await until { follower.progress.hasReached(seq, of: "users") }
        #expect(follower.figures.failure == nil)
        await follower.projector.stop()
    }
}
