import Bytes
import Fixture
import HTTP
import JSON
import Routing
import SQLite
import Testing

@testable import Outbox

/// A feed behind its routes, on a loopback that speaks HTTP.
struct WiredFeed: Sendable {
    let transport: LoopbackTransport

    init(_ feed: LocalFeed) {
        let routes = FeedRoutes(wire: "users", feed: feed) { $0 == "only-known-to-the-tests" }
        transport = LoopbackTransport(Router([routes]) { _, _, _ in })
    }

    func get(_ target: String, token: String? = "only-known-to-the-tests") async throws -> Answer {
        var fields = Fields()
        if let token { fields[.authorization] = "Bearer \(token)" }
        return Answer(try await transport.send(ClientRequest(.get, target, fields: fields)))
    }

    var remote: RemoteFeed {
        RemoteFeed(wire: "users", secret: "only-known-to-the-tests") { transport }
    }
}

@Suite("A feed over HTTP", .timeLimit(.minutes(5)))
struct WireTests {
    let folder = TemporaryFolder()
    let clock = ManualClock()

    @Test("a page is a line for each event, with the state of the feed in its fields")
    func page() async throws {
        let members = try Members(folder, clock)
        try await members.rename(4, "Jake \"the\" Dog")
        try await members.greet("hello")
        let wired = WiredFeed(members.feed(clock))
        let answer = try await wired.get("/internal/users/feed?after=0&limit=500&wait=0")
        #expect(answer.status == 200)
        #expect(
            answer.lines == [
                #"{"seq":1,"at":1767225600000,"kind":"user.changed","key":4,"version":1,"#
                    + #""body":{"id":4,"name":"Jake \"the\" Dog"}}"#,
                #"{"seq":2,"at":1767225600000,"kind":"user.greeted","key":"hello","version":0,"#
                    + #""body":{}}"#,
            ])
        #expect(answer[.contentType] == "application/x-ndjson")
        #expect(answer["Feed-Head"] == "2")
        #expect(answer["Feed-Floor"] == "0")
        #expect(answer["Feed-Epoch"]?.count == 16)
    }

    @Test("a position that is gone is a problem with the state of the feed in its fields")
    func gone() async throws {
        let members = try Members(folder, clock)
        try await members.greet("hello")
        let wired = WiredFeed(members.feed(clock))
        let answer = try await wired.get("/internal/users/feed?after=1&epoch=other")
        #expect(answer.status == 410)
        #expect(try answer.member("type") == #""/problems/gone""#)
        #expect(answer["Feed-Head"] == "1")
    }

    @Test("nobody reads a feed or a snapshot without the secret")
    func secret() async throws {
        let wired = WiredFeed(try Members(folder, clock).feed(clock))
        for target in ["/internal/users/feed", "/internal/users/snapshot?kind=user"] {
            #expect(try await wired.get(target).status == 200)
            #expect(try await wired.get(target, token: nil).status == 401)
            #expect(try await wired.get(target, token: "guessed").status == 403)
        }
    }

    @Test(
        "what is asked for has bounds",
        arguments: [
            ("feed?after=-1", 400), ("feed?limit=0", 400), ("feed?limit=1001", 400),
            ("feed?wait=26", 400), ("snapshot?kind=user&limit=1001", 400),
            ("snapshot?kind=user&after=x", 400), ("snapshot?kind=nobody", 404),
            ("snapshot", 404),
        ])
    func bounds(target: String, status: Int) async throws {
        let wired = WiredFeed(try Members(folder, clock).feed(clock))
        #expect(try await wired.get("/internal/users/\(target)").status == status)
    }

    @Test("over HTTP a feed and its snapshots are what they are in the process")
    func same() async throws {
        let members = try Members(folder, clock)
        for id in 1...5 as ClosedRange<Int64> { try await members.rename(id, "n\u{1F600}\(id)") }
        try await members.greet("a \"b\" ä")
        let local = members.feed(clock)
        let remote = WiredFeed(local).remote
        for after in 0...6 as ClosedRange<Int64> {
            let here = try await local.page(
                after: after, epoch: nil, limit: 2, waitMilliseconds: 0)
            let there = try await remote.page(
                after: after, epoch: here.state.epoch, limit: 2, waitMilliseconds: 0)
            #expect(here == there)
        }
        let gone = try await remote.page(after: 7, epoch: nil, limit: 2, waitMilliseconds: 0)
        #expect(gone == .gone(gone.state))
        for after in [nil, .number(2), .number(3), .number(5), .text("x")] as [EventKey?] {
            let here = try local.snapshot(kind: "user", afterKey: after, limit: 2)
            let there = try await remote.snapshot(kind: "user", afterKey: after, limit: 2)
            #expect(here == there)
        }
    }

    @Test("a poll over HTTP is answered by the commit it waits for")
    func poll() async throws {
        let members = try Members(folder, clock)
        let feed = members.feed(clock)
        let remote = WiredFeed(feed).remote
        async let page = remote.page(after: 0, epoch: nil, limit: 9, waitMilliseconds: 1_000)
        await until { feed.sleepingPolls == 1 }
        try await members.greet("hello")
        guard case .events(let entries, _) = try await page else { throw Refused() }
        #expect(entries.map(\.event) == [Members.greeted("hello")])
    }

    @Test("a refusal is told as what it is, and so is silence")
    func failures() async throws {
        let wired = WiredFeed(try Members(folder, clock).feed(clock))
        let stranger = RemoteFeed(wire: "users", secret: "guessed") { wired.transport }
        await #expect(throws: FeedError.refused(source: "users", status: 403)) {
            try await stranger.page(after: 0, epoch: nil, limit: 1, waitMilliseconds: 0)
        }
        let nobody = RemoteFeed(wire: "users", secret: "s") {
            throw TransportError(.upstream, "refused", "connection refused", isRetryable: true)
        }
        #expect("\(stranger)" == "the feed of users")
        let silence = FeedError.unreachable(source: "users", reason: "connection refused")
        await #expect(throws: silence) {
            try await nobody.page(after: 0, epoch: nil, limit: 1, waitMilliseconds: 0)
        }
    }
}
