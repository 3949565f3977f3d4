import Fixture
import HTTP
import Outbox
import Routing
import Synchronization
import Testing

@Suite("Waiting for the opening post")
struct OpeningWaitTests {
    private static let path = "/api/threads"
    private static let body = #"{"title":"With a text","text":"Hello"}"#

    @Test("who would wait is answered when the messages service has taken the text, once and again")
    func waited() async throws {
        let forum = try TopicsForum()
        async let answer = forum.send(
            .post, Self.path, as: "finn", Self.body, key: "k", prefer: "wait=5")
        while try await forum.get("\(Self.path)/1").status != 200 { await Task.yield() }
        try await forum.hear([Post(id: 7, thread: 1, number: 1)])
        let waited = try await answer
        #expect(waited.status == 201)
        #expect(try waited.member("openingPost") == #"{"id":7,"state":"visible"}"#)
        #expect(waited[FieldName("Preference-Applied")] == "wait=5")
        #expect(waited[.etag] == (try await forum.get("\(Self.path)/1"))[.etag])
        let again = try await forum.send(.post, Self.path, as: "finn", Self.body, key: "k")
        #expect(again.text == waited.text)
        #expect(again[.idempotencyReplayed] == "true")
    }

    @Test("the time it waits is bounded; then the text is shown from here")
    func bounded() async throws {
        let forum = try TopicsForum()
        let answer = try await forum.send(
            .post, Self.path, as: "finn", Self.body, prefer: "wait=0")
        #expect(
            try answer.member("openingPost") == #"{"id":null,"state":"pending","text":"Hello"}"#)
        #expect(answer[FieldName("Preference-Applied")] == "wait=0")
        let textless = try await forum.send(
            .post, Self.path, as: "finn", #"{"title":"No text"}"#, prefer: "wait=5")
        #expect(textless.status == 201)
        #expect(textless[FieldName("Preference-Applied")] == nil)
    }

    @Test("it is woken by the commit that brings the post, and does not look for it meanwhile")
    func woken() async throws {
        let (never, end) = AsyncStream.makeStream(of: Void.self)
        defer { end.finish() }
        let sleeps = Mutex<[Int]>([])
        // Time stands still: who is not woken stays asleep.
        let timer = FeedClock(now: { 0 }) { milliseconds in
            sleeps.withLock { $0.append(milliseconds) }
            for await _ in never {}
        }
        let forum = try TopicsForum(timer: timer)
        async let answer = forum.send(.post, Self.path, as: "finn", Self.body, prefer: "wait=5")
        while sleeps.withLock({ $0.isEmpty }) { await Task.yield() }
        // What brings no opening post wakes nobody.
        try await forum.hear([Post(id: 8, thread: 1, number: 2)])
        try await forum.start("Another")
        #expect(sleeps.withLock { $0.count } == 1)
        try await forum.hear([Post(id: 7, thread: 1, number: 1)])
        #expect(try await answer.member("openingPost") == #"{"id":7,"state":"visible"}"#)
        #expect(sleeps.withLock { $0.count } == 1)
    }

    @Test("where another process follows the messages, it looks four times a second and no longer")
    func replica() async throws {
        let folder = TemporaryFolder()
        let now = Mutex<Int64>(0)
        let sleeps = Mutex<[Int]>([])
        let timer = FeedClock(now: { now.withLock { $0 } }) { milliseconds in
            sleeps.withLock { $0.append(milliseconds) }
            now.withLock { $0 += Int64(milliseconds) }
        }
        let forum = try TopicsForum(folder: folder, timer: timer)
        let late = try await forum.send(.post, Self.path, as: "finn", Self.body, prefer: "wait=2")
        #expect(try late.member("openingPost")?.contains("pending") == true)
        #expect(sleeps.withLock { $0 } == Array(repeating: 250, count: 8))

        let other = try TopicsForum(folder: folder)
        let patient = FeedClock(now: { 0 }) { _ in await Task.yield() }
        let waiting = try TopicsForum(folder: folder, timer: patient)
        async let answer = waiting.send(.post, Self.path, as: "finn", Self.body, prefer: "wait=5")
        while try await other.get("\(Self.path)/2").status != 200 { await Task.yield() }
        try await other.hear([Post(id: 9, thread: 2, number: 1)])
        #expect(try await answer.member("openingPost") == #"{"id":9,"state":"visible"}"#)
    }
}
