import Fixture
import SQLite
import Seeding
import Testing

@testable import Outbox

@Suite("Exactly-once effect", .timeLimit(.minutes(5)))
struct DeliveryTests {
    private struct Page {
        let entries: [FeedEntry]
        let after: Int64
        let state: FeedState
    }

    /// Members that change, greet and are loaded, at random.
    private func live(_ members: Members, _ random: inout SeededRandom) async throws {
        for step in 0..<80 {
            let id = Int64.random(in: 1...9, using: &random)
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<7: try await members.rename(id, "\(id) at \(step)")
            case 7..<9: try await members.greet("greeting \(step)")
            default: try await members.load(id...id + 3)
            }
        }
    }

    /// The feed after `after` in pages of random sizes, as a source would have given them.
    private func pages(
        of feed: LocalFeed, after start: Int64, _ random: inout SeededRandom
    ) async throws -> [Page] {
        var pages: [Page] = []
        var after = start
        while true {
            let limit = Int.random(in: 1...9, using: &random)
            let page = try await feed.page(
                after: after, epoch: nil, limit: limit, waitMilliseconds: 0)
            guard case .events(let entries, let state) = page, let last = entries.last else {
                return pages
            }
            pages.append(Page(entries: entries, after: after, state: state))
            after = last.seq
        }
    }

    @Test(
        "pages that come again, cut and shuffled, between crashes, have the effect of a straight run",
        arguments: 0..<8)
    func shuffled(run: Int) async throws {
        var random = SeededRandom()
        let folder = TemporaryFolder()
        let clock = ManualClock()
        let members = try Members(folder, clock)
        let feed = members.feed(clock)
        let eager = EagerFeed(base: feed)
        let straight = try Follower(folder, clock, eager, name: "straight")
        try await straight.catchUp()
        var shuffled = try Follower(folder, clock, eager, name: "shuffled")
        try await shuffled.catchUp()

        try await live(members, &random)
        try await straight.catchUp()

        let pages = try await pages(of: feed, after: 0, &random)
        let head = try #require(pages.last?.state.head)
        while try shuffled.position() < head {
            var batch: [Page] = []
            for page in pages {
                for _ in 0..<Int.random(in: 1...3, using: &random) {
                    let count = Int.random(in: 1...page.entries.count, using: &random)
                    let isCut = Bool.random(using: &random)
                    let entries = isCut ? Array(page.entries.prefix(count)) : page.entries
                    batch.append(Page(entries: entries, after: page.after, state: page.state))
                }
            }
            for page in batch.shuffled(using: &random) {
                try await deliver(page, to: shuffled)
                if Int.random(in: 0..<40, using: &random) == 0 {
                    clock.advance(OutboxLimits.leaseMilliseconds)
                    shuffled = try Follower(folder, clock, eager, name: "shuffled")
                }
            }
        }
        #expect(try shuffled.tables() == straight.tables(), "\(random)")
        // Not only the tables: nothing was ever written twice on the way.
        let written = try shuffled.store.read { try $0.all(Self.repeated) }
        #expect(written == [], "\(random)")
        let expected = try members.store.read { try $0.all(Self.present) }
        #expect(try shuffled.store.read { try $0.all(Cards.Queries.cards) } == expected)
    }

    /// Offers a page; one that would leave a gap is refused. A copy that it asks for is made.
    private func deliver(_ page: Page, to follower: Follower) async throws {
        do {
            _ = try await follower.projector.offer(page.entries, after: page.after, page.state)
        } catch FeedError.hostile {
            return
        }
        while try follower.store.read({ try $0.one(Self.copies) }) > 0 {
            _ = try await follower.projector.turn()
        }
    }

    private static let copies = Query<Void, Int>(
        "SELECT count(copy_kind) FROM feed_cursor"
    ) { $0.int(0) }
    private static let repeated = Query<Void, String>(
        "SELECT line FROM journal GROUP BY line HAVING count(*) > 1"
    ) { $0.text(0) }
    private static let present = Query<Void, String>(
        "SELECT id || ' ' || version || ' ' || name FROM members ORDER BY id"
    ) { $0.text(0) }

    @Test("states in any order, any number of times, end as the newest of each", arguments: 0..<4)
    func anyOrder(run: Int) async throws {
        var random = SeededRandom()
        let folder = TemporaryFolder()
        let clock = ManualClock()
        let store = try Store(
            path: folder.file("cards.sqlite"), migrations: Cards.schema, settings: clock.settings)
        var events: [Event] = []
        for id in 1...6 as ClosedRange<Int64> {
            for version in 1...8 as ClosedRange<Int64> {
                let event = Members.changed(id, version: version, "\(id) in \(version)")
                let times = Int.random(in: 1...3, using: &random)
                events += Array(repeating: event, count: times)
            }
            events += Array(repeating: Members.greeted("from \(id)"), count: 2)
        }
        events.shuffle(using: &random)
        let cards = Cards()
        try await store.write { [events] transaction in
            for event in events { try cards.apply(event, in: transaction) }
        }
        let expected = (1...6).map { "\($0) 8 \($0) in 8" }
        #expect(try store.read { try $0.all(Cards.Queries.cards) } == expected, "\(random)")
        #expect(try store.read { try $0.all(Cards.Queries.greetings) }.count == 6)
        let counted = try store.read { try $0.one(Cards.Queries.tally) }
        #expect(try store.read { try $0.one(Cards.Queries.recount) } == counted, "\(random)")
    }
}

extension Projector {
    /// Takes a page that nobody asked for, as the holder of the lease.
    func offer(
        _ entries: [FeedEntry], after: Int64, _ state: FeedState
    ) async throws -> Turn {
        guard try await holdsLease() else { return .standby }
        return try await take(entries, after: after, state)
    }
}
