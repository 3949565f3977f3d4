import Bytes
import Fixture
import Outbox
import SQLite
import Seeding
import Testing
import TopicsService

/// Messages that come in a snapshot, after a load or at a first start.
@Suite("Messages in bulk")
struct PostCopyTests {
    private static let shown =
        "/api/threads?fields=id,replyCount,lastPost,participants,openingPost"

    private static func forum(_ threads: Int = 4) async throws -> TopicsForum {
        let forum = try TopicsForum()
        for number in 1...threads { try await forum.start("Thread \(number)") }
        return forum
    }

    /// Everything that a client can see of the counts.
    private static func sight(_ forum: TopicsForum) async throws -> [String] {
        let sorts = ["activity", "replies", "hot"]
        var seen = [try await forum.get("/api/threads/categories/1").text]
        for sort in sorts { seen.append(try await forum.get("\(shown)&sort=\(sort)").text) }
        return seen
    }

    @Test("they show as if each had come by itself, whatever was there before")
    func same() async throws {
        var random = SeededRandom()
        let seed = random.seed
        for _ in 1...8 {
            let (copied, single) = (try await Self.forum(), try await Self.forum())
            var posts: [Int: Post] = [:]
            var numbers: [Int: Int] = [:]
            for round in 1...3 {
                for id in 1...(round * 12) where posts[id] == nil {
                    let thread = Int.random(in: 1...5, using: &random)
                    numbers[thread, default: 0] += 1
                    posts[id] = Post(
                        id: id, thread: thread, number: numbers[thread] ?? 1,
                        user: Int.random(in: 1...6, using: &random),
                        state: Int.random(in: 0..<6, using: &random) == 0 ? "deleted" : "visible")
                }
                for id in posts.keys.sorted() where Int.random(in: 0..<8, using: &random) == 0 {
                    posts[id]?.version += 1
                    posts[id]?.state = Bool.random(using: &random) ? "visible" : "deleted"
                }
                let rows = posts.values.sorted { $0.id < $1.id }
                try await copied.copy(rows)
                try await single.hear(rows)
            }
            let (one, other) = (try await Self.sight(copied), try await Self.sight(single))
            #expect(one == other, "seed \(seed)")
            #expect(try await copied.topics.audit(after: 0, count: 10).drifted == 0, "seed \(seed)")
        }
    }

    @Test("a long thread takes in a few more without being counted anew")
    func appended() async throws {
        let forum = try await Self.forum(1)
        let first = (1...60).map { Post(id: $0, thread: 1, number: $0, user: $0 % 7 + 1) }
        let more = (61...63).map { Post(id: $0, thread: 1, number: $0, user: 90 + $0) }
        try await forum.copy(first)
        try await forum.copy(first + more)
        let answer = try await forum.get("/api/threads/1?fields=replyCount,participants")
        #expect(try answer.member("replyCount") == "62")
        #expect(answer.text.contains(#""participants":[{"id":153,"#))
        #expect(try await forum.topics.audit(after: 0, count: 5).drifted == 0)
    }

    @Test("what is not counted yet is no drift, and a thread that comes meanwhile counts it once")
    func meanwhile() async throws {
        let forum = try await Self.forum(1)
        let posts = (1...6).map { Post(id: $0, thread: $0 % 2 + 1, number: ($0 + 1) / 2) }
        try await forum.copy(posts, settles: false)
        #expect(try await forum.topics.audit(after: 0, count: 5).drifted == 0)
        #expect(try await forum.get("/api/threads/1").member("replyCount") == "0")
        let late = try await forum.start("Thread 2")
        #expect(try await forum.get("/api/threads/\(late)").member("replyCount") == "2")
        try await forum.copy([])
        for thread in 1...2 {
            let replies = try await forum.get("/api/threads/\(thread)").member("replyCount")
            #expect(replies == "2")
        }
        #expect(try await forum.topics.audit(after: 0, count: 5).drifted == 0)
        let posted = try await forum.get("/api/threads/categories/1").member("postCount")
        #expect(posted == "6")
    }
}

extension TopicsForum {
    /// Lets a snapshot bring messages, as a projector does.
    fileprivate func copy(_ posts: [Post], settles: Bool = true) async throws {
        guard let projection = topics.projections.first(where: { $0.source == "posts" }) else {
            throw Unstarted(text: "nobody follows posts")
        }
        try await store.write { transaction in
            for post in posts { try projection.copy(post.event, in: transaction) }
        }
        guard settles else { return }
        while try await store.write({ try projection.settle(in: $0) }) {}
    }
}
