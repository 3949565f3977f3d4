import Bytes
import Fixture
import SQLite
import Testing

@testable import Outbox

@Suite("A feed in this process", .timeLimit(.minutes(5)))
struct LocalFeedTests {
    let folder = TemporaryFolder()
    let clock = ManualClock()

    private func seqs(_ page: FeedPage) -> [Int64]? {
        guard case .events(let entries, _) = page else { return nil }
        return entries.map(\.seq)
    }

    @Test("a page holds what follows the position, up to the limit, and says where the feed ends")
    func pages() async throws {
        let members = try Members(folder, clock)
        for n in 1...5 { try await members.greet("\(n)") }
        let feed = members.feed(clock)
        let first = try await feed.page(after: 0, epoch: nil, limit: 2, waitMilliseconds: 0)
        #expect(seqs(first) == [1, 2])
        #expect(first.state.head == 5)
        let epoch = first.state.epoch
        let rest = try await feed.page(after: 2, epoch: epoch, limit: 9, waitMilliseconds: 0)
        #expect(seqs(rest) == [3, 4, 5])
        let end = try await feed.page(after: 5, epoch: epoch, limit: 9, waitMilliseconds: 0)
        #expect(seqs(end) == [])
    }

    @Test("a page ends with the event that fills it")
    func bytes() async throws {
        let members = try Members(folder, clock)
        let half = ByteString([UInt8](repeating: UInt8(ascii: "1"), count: 500_000))
        for n in 1...4 {
            try await members.store.write { transaction in
                let event = Event.fact("large", key: .number(Int64(n)), body: half)
                _ = try Outbox.append(event, in: transaction)
            }
        }
        let page = try await members.feed(clock)
            .page(after: 0, epoch: nil, limit: 9, waitMilliseconds: 0)
        #expect(seqs(page) == [1, 2, 3])
    }

    @Test("a position of another life, beyond the head or below the floor is gone")
    func gone() async throws {
        let members = try Members(folder, clock)
        for n in 1...5 { try await members.greet("\(n)") }
        let feed = members.feed(clock)
        let other = try await feed.page(after: 1, epoch: "other", limit: 9, waitMilliseconds: 0)
        #expect(other == .gone(other.state))
        let beyond = try await feed.page(after: 6, epoch: nil, limit: 9, waitMilliseconds: 0)
        #expect(beyond == .gone(beyond.state))
        try await members.store.write { try $0.run(Outbox.Queries.raiseFloor, 3) }
        let below = try await feed.page(after: 2, epoch: nil, limit: 9, waitMilliseconds: 0)
        #expect(below == .gone(below.state))
        let at = try await feed.page(after: 3, epoch: nil, limit: 9, waitMilliseconds: 0)
        #expect(seqs(at) == [4, 5])
        #expect(try feed.figures().goneAnswers == 3)
    }

    @Test("a waiting poll is answered by the commit, before any time has passed")
    func commitWakes() async throws {
        let members = try Members(folder, clock)
        let feed = members.feed(clock)
        async let page = feed.page(after: 0, epoch: nil, limit: 9, waitMilliseconds: 25_000)
        await until { feed.sleepingPolls == 1 }
        try await members.greet("hello")
        #expect(seqs(try await page) == [1])
        #expect(clock.now == ManualClock().now)
    }

    @Test("a commit without events does not end a poll")
    func otherCommit() async throws {
        let members = try Members(folder, clock)
        let feed = members.feed(clock)
        async let page = feed.page(after: 0, epoch: nil, limit: 9, waitMilliseconds: 25_000)
        await until { feed.sleepingPolls == 1 }
        try await members.store.write { _ = try $0.one(Members.Queries.set, 1, "quiet") }
        await until { feed.sleepingPolls == 1 }
        try await members.greet("hello")
        #expect(seqs(try await page) == [1])
    }

    @Test("what another store object writes is seen within a second, then within 50 ms")
    func otherStore() async throws {
        let members = try Members(folder, clock)
        let other = try Members(folder, clock)
        let feed = members.feed(clock)
        for (seq, pause) in [(1, 1_000), (2, 50), (3, 50)] as [(Int64, Int64)] {
            async let page = feed.page(
                after: seq - 1, epoch: nil, limit: 9, waitMilliseconds: 25_000)
            await until { clock.sleepers == 1 }
            try await other.greet("hello \(seq)")
            #expect(clock.longestSleep == pause)
            clock.advance(pause)
            #expect(seqs(try await page) == [seq])
        }
    }

    @Test("when others have not written for ten seconds it looks once a second again")
    func othersGone() async throws {
        let members = try Members(folder, clock)
        let other = try Members(folder, clock)
        let feed = members.feed(clock)
        async let first = feed.page(after: 0, epoch: nil, limit: 9, waitMilliseconds: 25_000)
        await until { clock.sleepers == 1 }
        try await other.greet("hello")
        clock.advance(1_000)
        #expect(seqs(try await first) == [1])
        clock.advance(OutboxLimits.lookOftenForMilliseconds)
        async let second = feed.page(after: 1, epoch: nil, limit: 9, waitMilliseconds: 25_000)
        await until { clock.sleepers == 1 }
        #expect(clock.longestSleep == 1_000)
        try await members.greet("own")
        #expect(seqs(try await second) == [2])
    }

    @Test("a poll that has waited long enough is answered with an empty page")
    func patience() async throws {
        let members = try Members(folder, clock)
        let feed = members.feed(clock)
        async let page = feed.page(after: 0, epoch: nil, limit: 9, waitMilliseconds: 2_500)
        for pause in [1_000, 1_000, 500] as [Int64] {
            await until { clock.sleepers == 1 }
            #expect(clock.longestSleep == pause)
            clock.advance(pause)
        }
        #expect(seqs(try await page) == [])
    }

    @Test("one poll too many is answered at once")
    func crowd() async throws {
        let members = try Members(folder, clock)
        let feed = members.feed(clock)
        try await withThrowingTaskGroup(of: FeedPage.self) { group in
            for _ in 0..<OutboxLimits.waitingPollsMax {
                group.addTask {
                    try await feed.page(after: 0, epoch: nil, limit: 9, waitMilliseconds: 1_000)
                }
            }
            await until { feed.sleepingPolls == OutboxLimits.waitingPollsMax }
            let page = try await feed.page(after: 0, epoch: nil, limit: 9, waitMilliseconds: 1_000)
            #expect(seqs(page) == [])
            try await members.greet("hello")
            for try await page in group { #expect(seqs(page) == [1]) }
        }
    }

    @Test("a feed that is drained lets nobody wait")
    func drained() async throws {
        let feed = try Members(folder, clock).feed(clock)
        async let page = feed.page(after: 0, epoch: nil, limit: 9, waitMilliseconds: 25_000)
        await until { feed.sleepingPolls == 1 }
        feed.drain()
        #expect(seqs(try await page) == [])
        let next = try await feed.page(after: 0, epoch: nil, limit: 9, waitMilliseconds: 25_000)
        #expect(seqs(next) == [])
    }

    @Test("a cancelled poll ends")
    func cancelled() async throws {
        let feed = try Members(folder, clock).feed(clock)
        let poll = Task {
            try await feed.page(after: 0, epoch: nil, limit: 9, waitMilliseconds: 25_000)
        }
        await until { feed.sleepingPolls == 1 }
        poll.cancel()
        await #expect(throws: CancellationError.self) { try await poll.value }
    }

    @Test("a snapshot goes through all rows in pages, from a position taken before")
    func snapshot() async throws {
        let members = try Members(folder, clock)
        for id in 1...5 as ClosedRange<Int64> { try await members.rename(id, "m\(id)") }
        let feed = members.feed(clock)
        let first = try feed.snapshot(kind: "user", afterKey: nil, limit: 2)
        #expect(first.rows.map(\.key) == [.number(1), .number(2)])
        #expect(first.state.head == 5)
        #expect(first.next == .number(2))
        let second = try feed.snapshot(kind: "user", afterKey: first.next, limit: 10)
        #expect(second.rows.map(\.key) == [.number(3), .number(4), .number(5)])
        #expect(second.next == nil)
        #expect(throws: FeedError.unknownSnapshot(kind: "nobody")) {
            try feed.snapshot(kind: "nobody", afterKey: nil, limit: 1)
        }
    }
}
