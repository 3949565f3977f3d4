import Bytes
import HTTP
import JSON
import Synchronization
import Testing

@testable import Routing

@Suite("What a client knows from elsewhere")
struct PositionTests {
    private func forum(_ progress: Followed?, onRead: @escaping @Sendable () -> Void = {}) -> Forum
    {
        var settings = Accounts.settings
        settings.progress = progress
        return Forum(
            [
                .get("/api/threads") { _ in
                    onRead()
                    return Response.text("list")
                }.reads("users", "posts"),
                .get("/api/threads/{id}") { request -> Response in
                    onRead()
                    throw APIError.notFound("thread")
                },
                .put("/api/threads") { request in Response.text(request.body.bytes.text) },
                .stream(.post, "/api/threads/bulk") { _ in Response.text("stream") },
            ], settings)
    }

    @Test("is not waited for once it has come")
    func reached() async throws {
        let progress = Followed(["posts": 1842])
        let response = try await forum(progress).get(
            "/api/threads", [.forumPosition: "posts=1842, users=7"])
        #expect(response.body.text == "list")
        #expect(response.fields[.forumStaleness] == nil)
        #expect(progress.waits == [])
    }

    @Test("is waited for, and then the answer has it")
    func held() async throws {
        let progress = Followed(["posts": 1841, "users": 6])
        let reads = Mutex(0)
        let forum = forum(progress) { reads.withLock { $0 += 1 } }
        async let answer = forum.get("/api/threads", [.forumPosition: "posts=1842,users=7"])
        await progress.areWaiting(2)
        #expect(reads.withLock { $0 } == 0)
        progress.advance("posts", to: 1842)
        progress.advance("users", to: 9)
        let response = try await answer
        #expect(response.body.text == "list")
        #expect(response.fields[.forumStaleness] == nil)
        #expect(reads.withLock { $0 } == 1)
        #expect(progress.waits == [250, 250])
    }

    @Test("is not waited for forever: the answer then says what it lacks")
    func late() async throws {
        let progress = Followed(["posts": 1841, "users": 6], staleness: ["posts": 12])
        let forum = forum(progress)
        async let answer = forum.get("/api/threads/1", [.forumPosition: "posts=1842, users=7"])
        await progress.areWaiting(2)
        progress.advance("users", to: 7)
        progress.giveUp()
        let response = try await answer
        #expect(response.verdict == "not-found")
        #expect(response.fields[.forumStaleness] == "posts;age=12")
    }

    @Test("is waited for by writes and streams too, whose bodies arrive whole")
    func writes() async throws {
        let position: Fields = [.forumPosition: "posts=2"]
        for (method, path, expected) in [
            (Method.put, "/api/threads", "{}"), (.post, "/api/threads/bulk", "stream"),
        ] {
            let progress = Followed(["posts": 1], isPatient: false)
            let response = try await forum(progress).send(method, path, position, body: "{}")
            #expect(response.body.text == expected)
            #expect(response.fields[.forumStaleness] == "posts;age=0")
        }
    }

    @Test(
        "is malformed unless it is a list of names and numbers",
        arguments: [
            "", "posts", "posts=", "posts=x", "posts=-1", "posts=1;a=2", "Posts=1", "=1",
            "posts=1,", "posts =1", "posts=99999999999999999999", "posts=1.5",
            "a=1,b=1,c=1,d=1,e=1,f=1,g=1,h=1,i=1",
        ])
    func malformed(_ value: String) async throws {
        let response = try await forum(Followed()).get("/api/threads", [.forumPosition: value])
        #expect(response.verdict == "malformed")
    }

    @Test("may come in several fields, and the last number of a name counts")
    func several() async throws {
        var fields: Fields = [.forumPosition: "posts=9, users=1"]
        fields.append(.forumPosition, "posts=1")
        let progress = Followed(["posts": 1, "users": 1], isPatient: false)
        _ = try await forum(progress).get("/api/threads", fields)
        #expect(progress.waits == [])
    }

    @Test("means nothing where nobody is followed")
    func nobodyFollowed() async throws {
        let response = try await forum(nil).get("/api/threads", [.forumPosition: "posts=1"])
        #expect(response.body.text == "list")
        #expect(response.fields[.forumStaleness] == nil)
    }

    @Test("leaves a sync read sync, unless it has to wait")
    func plans() throws {
        let progress = Followed(["posts": 1])
        var settings = RouterSettings()
        settings.progress = progress
        let router = Router(
            [TestModule([.get("/") { _ in Response.text("now") }.reads("posts")])], settings,
            onUnexpected: Reports().report)
        let plan = { (position: String) throws -> ResponsePlan in
            let text = ByteString(
                "GET / HTTP/1.1\r\nHost: a\r\nForum-Position: \(position)\r\n\r\n")
            var scanned = 0
            let head = try text.withBytes {
                try RequestParser.parse(
                    $0, scanned: &scanned, limits: HTTPLimits(), into: HeadStorage())
            }
            return router.plan(try #require(head), LoopbackTransport.fixedContext(nil))
        }
        guard case .respond = try plan("posts=1"), case .collect = try plan("posts=2") else {
            Issue.record("another plan was made")
            return
        }
    }
}

@Suite("What an answer says of its sources")
struct StalenessTests {
    private func staleness(_ staleness: [String: Int]) async throws -> String? {
        var settings = RouterSettings()
        settings.progress = Followed(staleness: staleness)
        let forum = Forum(
            [.get("/api/threads") { _ in Response.text("list") }.reads("users", "posts")], settings)
        return try await forum.get("/api/threads").fields[.forumStaleness]
    }

    @Test("nothing while they are current, else which are behind and by how much")
    func stale() async throws {
        #expect(try await staleness([:]) == nil)
        #expect(try await staleness(["users": 12]) == "users;age=12")
        #expect(try await staleness(["posts": 0, "users": 12]) == "users;age=12, posts;age=0")
    }

    @Test("nothing of sources that it is not made from")
    func others() async throws { #expect(try await staleness(["threads": 90]) == nil) }

    /// A thread with one member from each of two sources.
    private struct Shown: JSONRecord {
        static let members: [JSONMember<Shown>] = [
            .integer("id") { _ in 1 }, .integer("author") { _ in 2 },
            .integer("replyCount") { _ in 3 },
        ]
        static let card = members("id", "replyCount")
    }

    @Test(
        "nothing of sources that no chosen member, and no chosen order, is made from",
        arguments: [
            ("", "users;age=9, posts;age=8"), ("?fields=id", nil), ("?view=card", "posts;age=8"),
            ("?view=full", "users;age=9, posts;age=8"), ("?fields=id,author", "users;age=9"),
            ("?fields=id&sort=activity", "posts;age=8"), ("?fields=id&sort=id", nil),
            ("?fields=replyCount,author", "users;age=9, posts;age=8"),
            ("?fields=i%64", nil), ("?fields=id&fields=id", "users;age=9, posts;age=8"),
        ] as [(String, String?)])
    func chosen(query: String, expected: String?) async throws {
        var settings = Accounts.settings
        settings.progress = Followed(staleness: ["users": 9, "posts": 8])
        let route = Route.get("/api/threads") { _ in Response.text("list") }
            .reads("users", as: ["author"], of: Shown.self)
            .reads(
                "posts", as: ["replyCount"], of: Shown.self, orFor: [.init("sort", "activity")])
        let forum = Forum([route], settings)
        #expect(try await forum.get("/api/threads\(query)").fields[.forumStaleness] == expected)
    }

    @Test("what the client knows of and we do not is named, whatever was chosen")
    func awaited() async throws {
        var settings = Accounts.settings
        settings.progress = Followed(["users": 1], isPatient: false)
        let route = Route.get("/api/threads") { _ in Response.text("list") }
            .reads("users", as: ["author"], of: Shown.self)
        let answer = try await Forum([route], settings).get(
            "/api/threads?fields=id", [.forumPosition: "users=2"])
        #expect(answer.fields[.forumStaleness] == "users;age=0")
    }

    @Test("each module answers for what it follows itself")
    func perModule() async throws {
        struct Module: ServiceModule {
            let name: String
            let prefix: String
            let progress: (any SourceProgress)?
            var routes: [Route] {
                [.get("\(prefix)") { _ in Response.text("list") }.reads("posts")]
            }
        }
        var settings = RouterSettings()
        settings.progress = Followed(staleness: ["posts": 3])
        let own = Followed(staleness: ["posts": 7])
        let forum = Forum(
            [
                Module(name: "users", prefix: "/api/users", progress: nil),
                Module(name: "topics", prefix: "/api/threads", progress: own),
            ], settings)
        #expect(try await forum.get("/api/users").fields[.forumStaleness] == "posts;age=3")
        #expect(try await forum.get("/api/threads").fields[.forumStaleness] == "posts;age=7")
    }
}
