import Fixture
import HTTP
import Outbox
import SQLite
import Testing
import TopicsService

@Suite("Topics and the feeds of others")
struct FeedTests {
    @Test("a projector brings what the messages service tells, and the list has a new tag")
    func projected() async throws {
        let forum = try TopicsForum()
        let id = try await forum.start("A thread")
        let folder = TemporaryFolder()
        let messages = try Store(
            path: folder.file("messages.sqlite"),
            migrations: [Migration(1, "outbox", Outbox.schema)])
        let post = SnapshotTable("post", numbered: { _, _, _ in [] })
        let feed = LocalFeed(store: messages, tables: [post])
        let projection = try #require(forum.topics.projections.first { $0.source == "posts" })
        let progress = try Progress(store: forum.store, sources: ["posts"])
        let projector = Projector(
            projection, store: forum.store, feed: feed, progress: progress)
        let events = (1...3).map { Post(id: $0, thread: id, number: $0).event }
        let before = try await forum.get("/api/threads")
        let head = try await messages.write { transaction -> Int64 in
            for event in events { try Outbox.append(event, in: transaction) }
            return try Outbox.head(in: transaction)
        }
        while !progress.hasReached(head, of: "posts") { _ = try await projector.turn() }
        #expect(try await forum.get("/api/threads/\(id)").member("replyCount") == "2")
        let after = try await forum.send(.get, "/api/threads", held: before[.etag])
        #expect(after.status == 200)
        #expect(try await forum.topics.audit(after: 0, count: 10).drifted == 0)
        await projector.stop()
    }

    @Test("a snapshot has every thread as its events have it, and a load asks to be copied")
    func snapshot() async throws {
        let forum = try TopicsForum()
        try await forum.start("A thread", as: "finn")
        try await forum.start("Another", as: "jake", #","tags":["t"]"#)
        _ = try await forum.send(.put, "/api/threads/1/lock", as: "bubblegum")
        let page = try forum.topics.feed.snapshot(kind: "thread", afterKey: nil, limit: 10)
        let events = try await forum.events().filter { $0.kind == "thread.changed" }
        let newest = Dictionary(events.map { ($0.key, $0) }) { $1 }
        #expect(page.rows == newest.values.sorted { $0.key < $1.key })
        #expect(page.rows[0].version == 2)
    }
}
