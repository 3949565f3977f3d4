import Bytes
import Fixture
import HTTP
import Outbox
import Routing
import SQLite
import Seeding
import Testing
import TopicsService

@Suite("What threads show of their messages")
struct PostCountTests {
    @Test("replies, the last message and who takes part")
    func shown() async throws {
        let forum = try TopicsForum()
        let id = try await forum.start("A thread", as: "finn")
        try await forum.hear([
            Post(id: 1, thread: id, number: 1, user: 3),
            Post(id: 2, thread: id, number: 2, user: 4),
            Post(id: 3, thread: id, number: 3, user: 3),
        ])
        let answer = try await forum.get(
            "/api/threads/\(id)?fields=replyCount,lastPost,participants")
        #expect(try answer.member("replyCount") == "2")
        #expect(answer.text.contains(#""lastPost":{"id":3,"number":3,"author":{"id":3,"#))
        #expect(
            answer.text.contains(
                #""participants":[{"id":3,"username":"user-3","name":"user-3","#
                    + #""avatar":"/api/users/3/avatar","state":"unknown"},{"id":4,"#))
        try await forum.hear([Post(id: 3, version: 2, thread: id, number: 3, state: "deleted")])
        let after = try await forum.get(
            "/api/threads/\(id)?fields=replyCount,lastPost,participants")
        #expect(try after.member("replyCount") == "1")
        #expect(after.text.contains(#""lastPost":{"id":2,"number":2,"author":{"id":4,"#))
    }

    @Test("messages that were heard of before their thread count once it comes")
    func early() async throws {
        let forum = try TopicsForum()
        try await forum.hear([
            Post(id: 1, thread: 1, number: 1), Post(id: 2, thread: 1, number: 2, user: 4),
        ])
        let id = try await forum.start("Late", as: "finn", #","text":"first""#)
        let answer = try await forum.get("/api/threads/\(id)")
        #expect(try answer.member("replyCount") == "1")
        #expect(try answer.member("openingPost") == #"{"id":1,"state":"visible"}"#)
        let posts = try await forum.get("/api/threads/categories/1").member("postCount")
        #expect(posts == "2")
    }

    @Test("whatever comes twice, late or out of order, the counts are those of a recount")
    func anyOrder() async throws {
        var random = SeededRandom()
        let seed = random.seed
        for _ in 1...6 {
            let forum = try TopicsForum()
            for title in ["One thread", "Two threads", "Three threads"] {
                try await forum.start(title)
            }
            var events: [Event] = []
            for id in 1...40 {
                var post = Post(
                    id: id, thread: Int.random(in: 1...3, using: &random), number: id,
                    user: Int.random(in: 1...7, using: &random))
                for version in 1...Int.random(in: 1...4, using: &random) {
                    post.version = version
                    post.state =
                        ["visible", "deleted", "removed"]
                        .randomElement(using: &random) ?? "visible"
                    if Int.random(in: 0..<9, using: &random) == 0 {
                        post.thread = post.thread % 3 + 1
                    }
                    events.append(post.event)
                    if Bool.random(using: &random) { events.append(post.event) }
                }
            }
            let newest = Dictionary(events.map { ($0.key, $0) }) {
                $0.version > $1.version ? $0 : $1
            }
            try await forum.project("posts", events.shuffled(using: &random))
            let shuffled = try await forum.get(
                "/api/threads?fields=id,replyCount,lastPost,participants")
            let (drifted, last) = try await forum.topics.audit(after: 0, count: 10)
            #expect(drifted == 0, "seed \(seed)")
            #expect(last == nil)
            let calm = try TopicsForum()
            for title in ["One thread", "Two threads", "Three threads"] {
                try await calm.start(title)
            }
            try await calm.project("posts", newest.values.sorted { $0.key < $1.key })
            let straight = try await calm.get(
                "/api/threads?fields=id,replyCount,lastPost,participants")
            #expect(shuffled.text == straight.text, "seed \(seed)")
        }
    }

    @Test("a count that has drifted is found and put right")
    func drift() async throws {
        let forum = try TopicsForum()
        let id = try await forum.start("A thread")
        try await forum.hear((1...4).map { Post(id: $0, thread: id, number: $0) })
        try await forum.store.write { try $0.run(Damage.query) }
        #expect(try await forum.topics.audit(after: 0, count: 5).drifted == 1)
        #expect(try await forum.topics.audit(after: 0, count: 5).drifted == 0)
        #expect(try await forum.get("/api/threads/\(id)").member("replyCount") == "3")
    }

    private enum Damage {
        static let query = Query<Void, Void>("UPDATE topics SET reply_count = 9")
    }

    @Test("a new life of the messages service leaves nothing of the old one")
    func rebuilt() async throws {
        let forum = try TopicsForum()
        let id = try await forum.start("A thread")
        try await forum.hear((1...4).map { Post(id: $0, version: 5, thread: id, number: $0) })
        let projection = try #require(forum.topics.projections.first { $0.source == "posts" })
        try await forum.store.write { try projection.mark(in: $0) }
        try await forum.hear([Post(id: 1, thread: id, number: 1)])
        try await forum.store.write { try projection.sweep(in: $0) }
        let answer = try await forum.get("/api/threads/\(id)")
        #expect(try answer.member("replyCount") == "0")
        #expect(try await forum.topics.audit(after: 0, count: 5).drifted == 0)
    }

    @Test("an account that is erased leaves no word of its own, and the users service is told")
    func erased() async throws {
        let forum = try TopicsForum()
        let id = try await forum.start("Jake was here", as: "jake", #","text":"words of jake""#)
        try await forum.project(
            "users", [Somebody.event(4, "jake"), Somebody.deleted(4, "erase")])
        while try await forum.topics.continueJobs() {}
        let answer = try await forum.get("/api/threads/\(id)")
        #expect(try answer.member("title") == #""[removed]""#)
        #expect(answer.text.contains(#""text":"[removed]""#))
        let events = try await forum.events()
        #expect(events.last?.kind == "cascade.done")
        #expect(events.last?.body.text == #"{"source":"threads","user":4}"#)
        #expect(!events.contains { $0.body.text.lowercased().contains("jake") })
        #expect(try await forum.ids("/api/threads/search?q=jake") == [])
    }
}
