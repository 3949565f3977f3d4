import Fixture
import Glibc
import HTTP
import JSON
import Testing

/// Services that go and come back: nobody does anything about it, and it is as if they had been
/// there.
@Suite("When a service comes back", .serialized, .fewAtOnce, .timeLimit(.minutes(2)), .inTown())
struct RecoveryTests {
    @Test(
        "a deletion that waited for it is done", arguments: [("topics-1", 5), ("messages-1", 6)])
    func deletion(_ name: String, _ user: Int64) async throws {
        let town = try Town.here
        let forum = town.forum
        await forum.stop(name)
        let job = try await forum.send(.delete, "/api/users/\(user)", by: town.admin)
        #expect(job.status == 202, "\(job.text)")
        let path = try #require(job[.location])
        func state() async -> String? {
            try? await forum.get(path, by: town.admin).string("state")
        }
        #expect(await state() == "running")
        try await forum.start([name])
        #expect(await eventually { await state() == "done" })
    }

    @Test("a thread that was opened without posts has its first post, once")
    func opening() async throws {
        let town = try Town.here
        let forum = town.forum
        await forum.kill("messages-1")
        let thread = try await forum.open(
            #"{"title":"Patience","text":"I can wait."}"#, by: town.ada)
        try await forum.start(["messages-1"])
        let post = try await forum.openingPost(of: thread)
        let opening = try await forum.get("/api/threads/\(thread)").member("openingPost")
        #expect(opening == #"{"id":\#(post),"state":"visible"}"#)
        let posts = try await forum.get("/api/posts/in-thread/\(thread)?fields=id,text,user")
        #expect(posts.text == #"[{"id":\#(post),"text":"I can wait.","user":\#(town.ada.id)}]"#)
    }

    @Test("what threads decided while posts was away holds there")
    func lock() async throws {
        let town = try Town.here
        let forum = town.forum
        let thread = try await forum.open(#"{"title":"Closing","text":"Soon."}"#, by: town.ada)
        _ = try await forum.openingPost(of: thread)
        await forum.stop("messages-1")
        let lock = "/api/threads/\(thread)/lock"
        #expect(await forum.status(.put, lock, by: town.moderator, "{}") == 200)
        try await forum.start(["messages-1"])
        try await forum.agree(on: ["threads"])
        let late = try await forum.send(
            .post, "/api/posts", by: town.ben, #"{"thread":\#(thread),"text":"Too late."}"#)
        #expect(late.status == 423)
        #expect(late.problem == "locked")
    }

    @Test("a name that changed while it was away is shown")
    func rename() async throws {
        let town = try Town.here
        let forum = town.forum
        await forum.stop("topics-1")
        let renamed = try await forum.send(
            .put, "/api/users/4/username", by: town.ben, #"{"username":"benedict"}"#)
        #expect(renamed.status == 200, "\(renamed.text)")
        try await forum.start(["topics-1"])
        try await forum.agree(on: ["users"])
        let thread = try await forum.get("/api/threads/\(town.thread)")
        #expect(thread.text.contains(#""username":"benedict""#), "\(thread.text)")
    }

    @Test("who repeats a request that was done before the crash gets the same answer")
    func repeated() async throws {
        let town = try Town.here
        let forum = town.forum
        let body = #"{"thread":\#(town.thread),"text":"Once."}"#
        let key: Fields = [.idempotencyKey: "\"once-and-again\""]
        let first = try await forum.send(.post, "/api/posts", by: town.ada, body, key)
        #expect(first.status == 201, "\(first.text)")
        await forum.kill("messages-1")
        try await forum.start(["messages-1"])
        let second = try await forum.send(.post, "/api/posts", by: town.ada, body, key)
        #expect(second.status == 201)
        #expect(second.text == first.text)
        #expect(second[.location] == first[.location] && second[.etag] == first[.etag])
        #expect(second["Idempotency-Replayed"] == "true")
    }

    @Test("an erasure that was cut off in the middle is finished, to the last text")
    func erasure() async throws {
        let town = try Town.here
        let forum = town.forum
        let user = #"{"id":7,"username":"erin","name":"Erin"}"#
        try await forum.bulk("/api/users/bulk", [user])
        try await forum.bulk(
            "/api/posts/bulk",
            (1...3_000).map { #"{"thread":\#(town.thread),"text":"By Erin, \#($0).","user":7}"# })
        let job = try await forum.send(.delete, "/api/users/7?content=erase", by: town.admin)
        #expect(job.status == 202, "\(job.text)")
        let first = "/api/posts/by-user/7?fields=text&limit=1"
        #expect(
            await eventually { (try? await forum.get(first).text) == #"[{"text":"[removed]"}]"# })
        await forum.kill("messages-1")
        try await forum.start(["messages-1"])
        let path = try #require(job[.location])
        #expect(
            await eventually {
                (try? await forum.get(path, by: town.admin).string("state")) == "done"
            })
        let posts = try await forum.everything("/api/posts/by-user/7?fields=text&limit=200")
        #expect(posts.count == 3_000)
        #expect(try posts.allSatisfy { try $0.string("text") == "[removed]" })
    }

    @Test("nothing is stale any more, even when all three were killed at once")
    func all() async throws {
        let town = try Town.here
        let forum = town.forum
        let names = forum.services.map { "\($0)-1" }
        for name in names { forum.program(name).send(SIGKILL) }
        for name in names { await forum.kill(name) }
        try await forum.start(names)
        for path in ["/api/users/3", "/api/threads/1", "/api/posts/in-thread/1"] {
            let isFresh = await eventually {
                let answer = try? await forum.get(path)
                return answer?.status == 200 && answer?.stale == []
            }
            #expect(isFresh, "\(path)")
        }
        try await forum.agree(on: ["users", "threads", "posts"])
        let reply = try await forum.send(
            .post, "/api/posts", by: town.ada, #"{"thread":1,"text":"All here."}"#)
        #expect(reply.status == 201, "\(reply.text)")
    }

    @Test("one that hangs is called stale, holds nobody up, and catches up when it goes on")
    func frozen() async throws {
        let town = try Town.here
        let forum = town.forum
        let program = forum.program("topics-1")
        program.send(SIGSTOP)
        defer { program.send(SIGCONT) }
        #expect(
            await eventually { (try? await forum.get("/api/posts/1"))?.stale == ["threads"] })
        let begin = ContinuousClock.now
        let answer = try await forum.send(
            .post, "/api/posts", by: town.ben, #"{"thread":999999,"text":"Hello?"}"#)
        answer.expectUnavailable("messages", "dependency-unavailable")
        #expect(ContinuousClock.now - begin < .seconds(2), "the probe has its own time limit")
        program.send(SIGCONT)
        #expect(await eventually { (try? await forum.get("/api/posts/1"))?.stale == [] })
        let unknown = try await forum.send(
            .post, "/api/posts", by: town.ben, #"{"thread":999999,"text":"Hello?"}"#)
        #expect(unknown.problem == "not-found")
    }
}
