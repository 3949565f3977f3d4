import Bytes
import Fixture
import HTTP
import MessagesService
import Outbox
import Records
import Routing
import SQLite
import Testing
import TopicsService

@Suite("A thread and its opening post, two services in one process")
struct OpeningPostTests {
    /// One direction: what one service tells, into the store of the other.
    private struct Link {
        let feed: LocalFeed
        let source: Store
        let progress: Progress
        let projector: Projector

        init(
            _ name: String, from feed: LocalFeed, of source: Store,
            to projections: [any Projection], in store: Store
        ) throws {
            let projection = try #require(projections.first { $0.source == name })
            self.feed = feed
            self.source = source
            progress = try Progress(store: store, sources: [name])
            projector = Projector(projection, store: store, feed: feed, progress: progress)
        }

        /// Brings everything that has been told.
        func catchUp(_ name: String) async throws {
            let head = try source.read { try Outbox.head(in: $0) }
            while !progress.hasReached(head, of: name) { _ = try await projector.turn() }
        }
    }

    @Test("the text becomes post number 1 once, and the thread shows it and counts the replies")
    func opened() async throws {
        let forum = try TopicsForum()
        let folder = TemporaryFolder()
        let store = try Store(
            path: folder.file("messages.sqlite"), migrations: Messages.schema)
        let messages = Messages(store: store)
        let threads = try Link(
            "threads", from: forum.topics.feed, of: forum.store, to: messages.projections,
            in: store)
        let posts = try Link(
            "posts", from: messages.feed, of: store, to: forum.topics.projections,
            in: forum.store)
        var routing = RouterSettings()
        routing.authenticator = PlainTokens()
        let reader = LoopbackTransport(Router([messages], routing) { _, _, _ in })
        let signed: Fields = [.contentType: "application/json", .authorization: "Bearer 4"]

        let id = try await forum.start("Hello", as: "finn", #","text":"First words""#)
        try await threads.catchUp("threads")
        try await posts.catchUp("posts")
        let shown = try await forum.get("/api/threads/\(id)")
        #expect(try shown.member("openingPost") == #"{"id":1,"state":"visible"}"#)
        #expect(try shown.member("replyCount") == "0")
        let path = "/api/posts/in-thread/\(id)?fields=thread,text,user"
        let list = Answer(try await reader.send(ClientRequest(.get, path)))
        #expect(list.text == #"[{"thread":1,"text":"First words","user":3}]"#)

        let reply = Answer(
            try await reader.send(
                ClientRequest(
                    .post, "/api/posts", fields: signed,
                    body: ByteString(#"{"thread":1,"text":"Second words","user":4}"#))))
        #expect(reply.status == 201)
        try await posts.catchUp("posts")
        let after = try await forum.get("/api/threads/\(id)")
        #expect(try after.member("replyCount") == "1")
        #expect(after.text.contains(#""lastPost":{"id":2,"number":2,"author":{"id":4,"#))

        _ = try await forum.send(.put, "/api/threads/\(id)/lock", as: "bubblegum")
        try await threads.catchUp("threads")
        let late = Answer(
            try await reader.send(
                ClientRequest(
                    .post, "/api/posts", fields: signed,
                    body: ByteString(#"{"thread":1,"text":"Too late","user":4}"#))))
        #expect(late.status == 423)
        await threads.projector.stop()
        await posts.projector.stop()
    }
}
