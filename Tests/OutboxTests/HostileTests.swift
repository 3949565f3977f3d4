import Bytes
import Fixture
import HTTP
import SQLite
import Testing

@testable import Outbox

/// A transport that answers everything with the same bytes.
private struct FixedTransport: HTTPTransport {
    let answer: ClientResponse

    func send(_ request: ClientRequest) async throws(TransportError) -> ClientResponse { answer }
}

@Suite("A feed that cannot be trusted")
struct HostileTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let body: String
        var head = "9"
        var floor = "0"
        var epoch: String? = "e1"
        let reason: String

        var testDescription: String { name }
    }

    static func line(_ seq: Int, _ rest: String = #""version":1,"body":{}"#) -> String {
        #"{"seq":\#(seq),"at":1,"kind":"user.changed","key":4,\#(rest)}"# + "\n"
    }

    static let cases: [Case] = [
        Case(
            name: "no JSON", body: "<html>\n",
            reason: "line 1: byte 0: this byte cannot stand here"),
        Case(
            name: "a raw control character", body: line(1, "\"version\":1,\"body\":\"\u{0}\""),
            reason: "line 1: byte 66: control characters in a string must be escaped"),
        Case(name: "no object", body: "[]\n", reason: "line 1: no object"),
        Case(
            name: "two values on a line", body: "{}{}\n",
            reason: "line 1: byte 2: nothing may follow the value"),
        Case(
            name: "a member missing", body: line(1, #""version":1"#),
            reason: "line 1: kind, key, version or body is missing"),
        Case(
            name: "a member twice", body: line(1, #""version":1,"version":2,"body":{}"#),
            reason: "line 1: a member twice"),
        Case(
            name: "a negative version", body: line(1, #""version":-1,"body":{}"#),
            reason: "line 1: no whole number where one is wanted"),
        Case(
            name: "a cut line", body: line(1) + #"{"seq":2,"at""#,
            reason: "its last line is cut off"),
        Case(
            name: "the same seq twice", body: line(1) + line(1),
            reason: "seq 1 stands where one after 1 has to"),
        Case(
            name: "a decreasing seq", body: line(5) + line(4),
            reason: "seq 4 stands where one after 5 has to"),
        Case(
            name: "a seq before the position", body: line(0),
            reason: "seq 0 stands where one after 0 has to"),
        Case(
            name: "a seq beyond the head", body: line(10), reason: "seq 10 is beyond the head, 9"),
        Case(
            name: "an empty page before the head", body: "",
            reason: "it holds nothing after 0, but its head is 9"),
        Case(
            name: "more lines than asked for", body: (1...4).map { line($0) }.joined(),
            reason: "it has more than 3 lines"),
        Case(
            name: "no epoch", body: "", epoch: nil,
            reason: "its fields Feed-Epoch, Feed-Head and Feed-Floor make no sense"),
        Case(
            name: "an epoch that would not fit a query", body: "", epoch: "e&after=7",
            reason: "its fields Feed-Epoch, Feed-Head and Feed-Floor make no sense"),
        Case(
            name: "a head that is no number", body: "", head: "many",
            reason: "its fields Feed-Epoch, Feed-Head and Feed-Floor make no sense"),
        Case(
            name: "a floor above the head", body: "", floor: "10",
            reason: "its fields Feed-Epoch, Feed-Head and Feed-Floor make no sense"),
        Case(
            name: "a body too large",
            body: line(
                1,
                #""version":1,"body":""#
                    + String(repeating: "x", count: OutboxLimits.bodyBytesMax) + #"""#),
            reason: "line 1: a body too large"),
        Case(
            name: "an answer too large",
            body: String(repeating: " ", count: OutboxLimits.answerBytesMax + 1),
            reason: "it has \(OutboxLimits.answerBytesMax + 1) bytes"),
    ]

    private func feed(_ hostile: Case, more: String = "false") -> RemoteFeed {
        var fields: Fields = [
            "Feed-Head": hostile.head, "Feed-Floor": hostile.floor, "Feed-More": more,
        ]
        if let epoch = hostile.epoch { fields["Feed-Epoch"] = epoch }
        let answer = ClientResponse(status: .ok, fields: fields, body: ByteString(hostile.body))
        return RemoteFeed(wire: "users", secret: "s") { FixedTransport(answer: answer) }
    }

    @Test("a page that cannot be what it claims is refused whole, in one line", arguments: cases)
    func refused(hostile: Case) async throws {
        let expected = FeedError.hostile(source: "users", reason: hostile.reason)
        await #expect(throws: expected) {
            try await feed(hostile).page(after: 0, epoch: nil, limit: 3, waitMilliseconds: 0)
        }
        #expect(!"\(expected)".contains("\n"))
    }

    @Test("members that this version does not know are passed over")
    func additive() async throws {
        let line = Self.line(1, #""version":1,"later":[{"a":null}],"body":{"b":[1]}"#)
        let page = try await feed(Case(name: "", body: line, head: "1", reason: ""))
            .page(after: 0, epoch: nil, limit: 3, waitMilliseconds: 0)
        guard case .events(let entries, _) = page else { throw Refused() }
        #expect(entries.map(\.event.body) == [ByteString(#"{"b":[1]}"#)])
    }

    @Test("a page of another life than the one asked for is gone, whatever its status")
    func otherLife() async throws {
        let page = try await feed(Case(name: "", body: Self.line(1), reason: ""))
            .page(after: 0, epoch: "e0", limit: 3, waitMilliseconds: 0)
        #expect(page == .gone(FeedState(epoch: "e1", head: 9, floor: 0)))
    }

    @Test(
        "a snapshot that runs backwards, changes its kind or leads nowhere is refused",
        arguments: [
            (line(1) + line(2), "false", "a snapshot of user runs backwards"),
            (line(1), "true", "a snapshot of user runs backwards"),
            ("", "true", "a snapshot of user leads nowhere"),
            (line(1), "perhaps", "its field Feed-More is neither true nor false"),
            (
                #"{"kind":"post.changed","key":9,"version":1,"body":{}}"# + "\n", "false",
                "a snapshot of user has a row of post.changed"
            ),
            (
                #"{"kind":"user.changed","key":9,"version":0,"body":{}}"# + "\n", "false",
                "a snapshot of user has a row of user.changed"
            ),
        ])
    func snapshots(body: String, more: String, reason: String) async throws {
        let feed = feed(Case(name: "", body: body, reason: ""), more: more)
        await #expect(throws: FeedError.hostile(source: "users", reason: reason)) {
            try await feed.snapshot(kind: "user", afterKey: .number(4), limit: 3)
        }
    }

    @Test("a projector counts what it refuses, keeps its place and says what was wrong")
    func counted() async throws {
        let folder = TemporaryFolder()
        let clock = ManualClock()
        let good = Case(name: "", body: "", head: "0", reason: "")
        let switched = SwitchedFeed(feed(good))
        let follower = try Follower(folder, clock, switched)
        try await follower.catchUp()
        switched.feed = feed(Case(name: "", body: Self.line(2) + Self.line(1), reason: ""))
        for _ in 0..<2 {
            await #expect(throws: FeedError.self) { try await follower.projector.turn() }
        }
        #expect(follower.figures.refusedPages == 2)
        #expect(follower.figures.failures == 2)
        #expect(
            follower.figures.failure
                == "a page of users was refused whole: seq 1 stands where one after 2 has to")
        #expect(try follower.position() == 0)
        #expect(try follower.journal() == 0)
        switched.feed = feed(good)
        try await follower.catchUp()
        #expect(follower.figures.failure == nil)
    }
}
