import Bytes
import Fixture
import HTTP
import MessagesService
import Outbox
import SQLite
import Synchronization
import Testing

@Suite("What threads allow")
struct ThreadCardTests {
    /// A service of threads that is nothing but its outbox.
    private struct Threads {
        let store: Store
        let feed: LocalFeed
        private let folder = TemporaryFolder()

        init() throws {
            store = try Store(
                path: folder.file("threads.sqlite"),
                migrations: [Migration(1, "outbox", Outbox.schema)])
            feed = LocalFeed(
                store: store,
                tables: [SnapshotTable("thread", numbered: { _, _, _ in [] })])
        }

        func tell(_ id: Int64, version: Int64 = 1, _ members: String = "") async throws {
            let body = #"{"id":\#(id),"version":\#(version),"title":"t"\#(members)}"#
            let event = Event.state(
                "thread.changed", key: .number(id), version: version, body: ByteString(body))
            try await store.write { _ = try Outbox.append(event, in: $0) }
        }

        func open(_ id: Int64, _ text: String, by user: Int) async throws {
            let body =
                #"{"thread":\#(id),"user":\#(user),"text":"\#(text)","key":"opening:\#(id)"}"#
            let event = Event.fact(
                "thread.opened", key: .text("opening:\(id)"), body: ByteString(body))
            try await store.write { _ = try Outbox.append(event, in: $0) }
        }
    }

    /// Follows `threads` until nothing is new.
    private func follow(_ threads: Threads, by forum: SignedForum) async throws {
        let progress = try Progress(store: forum.store, sources: ["threads"])
        let projector = Projector(
            forum.messages.projections[0], store: forum.store,
            feed: Impatient(base: threads.feed), progress: progress)
        while try await projector.turn() != .idle {}
        await projector.stop()
    }

    @Test("a locked thread takes posts from moderators alone, and no edits from authors")
    func locked() async throws {
        let (forum, threads) = (try SignedForum(), try Threads())
        try await threads.tell(1)
        try await follow(threads, by: forum)
        #expect(try await forum.write("before", as: "4").status == 201)
        try await threads.tell(1, version: 2, #","locked":true"#)
        try await follow(threads, by: forum)
        #expect(try await forum.write("after", as: "4").status == 423)
        #expect(try await forum.write("after", as: "9:moderator").status == 201)
        let edit = try await forum.send(
            .patch, "/api/posts/1", as: "4", match: "*", #"{"text":"x"}"#)
        #expect(edit.status == 423)
        #expect(
            try await forum.get("/api/posts/1", as: "4").member("me")
                == #"{"reactions":[],"canEdit":false}"#)
    }

    @Test("who may not answer is told so, and who may not read is told nothing")
    func roles() async throws {
        let (forum, threads) = (try SignedForum(), try Threads())
        try await threads.tell(1, #","readRole":"guest","replyRole":"moderator""#)
        try await threads.tell(2, #","visibility":"hidden","readRole":"moderator""#)
        try await follow(threads, by: forum)
        #expect(try await forum.write("x", in: 1, as: "4").status == 403)
        #expect(try await forum.write("x", in: 2, as: "4").status == 404)
        #expect(try await forum.write("x", in: 2, as: "9:moderator").status == 201)
    }

    @Test("posts of a hidden thread are in no list, and are not found")
    func hidden() async throws {
        let (forum, threads) = (try SignedForum(), try Threads())
        try await threads.tell(1)
        try await threads.tell(2)
        try await follow(threads, by: forum)
        try await forum.write("open", in: 1, as: "4")
        try await forum.write("whisper", in: 2, as: "4")
        try await forum.write("open reply", in: 1, as: "4", replyTo: 1)
        let before = try await forum.get("/api/posts")[.etag]
        try await threads.tell(2, version: 2, #","visibility":"hidden""#)
        try await follow(threads, by: forum)
        let lists = ["/api/posts", "/api/posts/by-user/4", "/api/posts/in-thread/2"]
        for list in lists {
            for order in ["asc", "desc"] {
                let answer = try await forum.get("\(list)?order=\(order)", as: "4")
                #expect(answer.status == 200)
                #expect(!answer.text.contains("whisper"))
            }
            let all = try await forum.get(list, as: "9:moderator")
            #expect(all.text.contains("whisper"))
        }
        #expect(try await forum.get("/api/posts")[.etag] != before)
        for path in ["", "/context", "/replies", "/history", "/reactions"] {
            #expect(try await forum.get("/api/posts/2\(path)", as: "4").status == 404)
        }
        let edit = try await forum.send(
            .patch, "/api/posts/2", as: "4", match: "*", #"{"text":"x"}"#)
        #expect(edit.status == 404)
    }

    @Test("an older card changes nothing")
    func versions() async throws {
        let forum = try SignedForum()
        try await forum.takeThread(1, version: 5, #","locked":true"#)
        try await forum.takeThread(1, version: 4)
        #expect(try await forum.write("x", as: "4").status == 423)
    }

    @Test("the text a thread was opened with becomes its first post, once")
    func opened() async throws {
        let (forum, threads) = (try SignedForum(), try Threads())
        try await threads.tell(7)
        try await threads.open(7, "the first word", by: 4)
        try await follow(threads, by: forum)
        let again = Event.fact(
            "thread.opened", key: .text("opening:7"),
            body: #"{"thread":7,"user":4,"text":"the first word","key":"opening:7"}"#)
        try await forum.take(again)
        #expect(
            try await forum.get("/api/posts/in-thread/7?fields=thread,text,user").text
                == #"[{"thread":7,"text":"the first word","user":4}]"#)
        #expect(try await forum.events().map(\.event.kind) == ["post.changed"])
    }

    @Test("a thread without a card is asked for: found, unknown, or nobody can say")
    func probed() async throws {
        let asked = Mutex<[Int]>([])
        let forum = try SignedForum(probe: { thread, milliseconds in
            asked.withLock { $0.append(milliseconds) }
            return switch thread.rawValue {
            case 1: .found(ThreadCard(id: thread, version: 1, title: "found"))
            case 2: .unknown
            case 3: .found(ThreadCard(id: thread, version: 1, title: "x", isLocked: true))
            default: .unreachable
            }
        })
        #expect(try await forum.write("x", in: 1, as: "4").status == 201)
        #expect(try await forum.write("x", in: 2, as: "4").status == 404)
        #expect(try await forum.write("x", in: 3, as: "4").status == 423)
        let down = try await forum.write("x", in: 4, as: "4")
        #expect(down.status == 503)
        #expect(down.text.contains("dependency-unavailable"))
        #expect(asked.withLock { $0 } == [150, 150, 150, 150])
        try await forum.takeThread(2)
        #expect(try await forum.write("x", in: 2, as: "4").status == 201)
        #expect(asked.withLock { $0.count } == 4)
    }

    @Test("once threads are followed, one without a card is nobody's to read")
    func closed() async throws {
        let (forum, threads) = (try SignedForum(), try Threads())
        try await forum.write("early", in: 9, as: "4")
        #expect(try await forum.get("/api/posts/1").status == 200)
        try await threads.tell(1)
        try await follow(threads, by: forum)
        #expect(try await forum.get("/api/posts/1", as: "9:moderator").status == 404)
        #expect(try await forum.get("/api/posts").text == "[]")
        try await threads.tell(9)
        try await follow(threads, by: forum)
        #expect(try await forum.get("/api/posts/1").status == 200)
    }
}

/// A feed that never waits.
private struct Impatient: FeedSource {
    let base: any FeedSource

    func page(
        after: Int64, epoch: String?, limit: Int, waitMilliseconds: Int
    ) async throws -> FeedPage {
        try await base.page(after: after, epoch: epoch, limit: limit, waitMilliseconds: 0)
    }

    func snapshot(kind: String, afterKey: EventKey?, limit: Int) async throws -> SnapshotPage {
        try await base.snapshot(kind: kind, afterKey: afterKey, limit: limit)
    }
}
