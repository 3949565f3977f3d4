import Fixture
import HTTP
import JSON
import Testing

/// Everything that goes on without the users service; it is killed before the first test.
@Suite(
    "While users is stopped", .serialized, .fewAtOnce, .timeLimit(.minutes(5)),
    .inTown(stopping: "users-1"))
struct UsersDownTests {
    @Test(
        "whatever users alone can answer is 503, says so and when to come back",
        arguments: [
            (Method.get, "/", ""), (.get, "/api/", ""), (.get, "/api/users", ""),
            (.get, "/api/users/3", ""), (.get, "/api/users/me", ""),
            (.get, "/api/users/search?q=a", ""),
            (.post, "/api/users", #"{"username":"eve","password":"correct horse battery"}"#),
            (.post, "/api/users/sessions", #"{"username":"ada","password":"whatever it is"}"#),
            (.post, "/api/users/sessions/refresh", #"{"refreshToken":"fr_none"}"#),
            (.post, "/api/users/4/bans", #"{"reason":"spam","scope":"all"}"#),
            (.delete, "/api/users/4", ""),
        ])
    func unavailable(_ method: HTTP.Method, _ target: String, _ body: String) async throws {
        let town = try Town.here
        let answer = try await town.forum.send(method, target, by: town.admin, body)
        answer.expectUnavailable("users")
    }

    @Test("an access token goes on opening what it opened before")
    func tokens() async throws {
        let town = try Town.here
        let forum = town.forum
        let opened = try await forum.send(
            .post, "/api/threads", by: town.ada, #"{"title":"Still here","text":"Yes."}"#)
        #expect(opened.status == 201, "\(opened.text)")
        let id = try await town.replyAndEdit()
        let thread = "/api/threads/\(town.thread)"
        for (method, target, person, body) in [
            (Method.put, "/api/posts/\(id)/reactions/%F0%9F%91%8D", town.ada, ""),
            (.put, "\(thread)/read", town.ada, #"{"upTo":1}"#),
            (.put, "\(thread)/subscription", town.ada, #"{"level":"watching"}"#),
            (.put, "\(thread)/lock", town.moderator, "{}"),
            (.delete, "\(thread)/lock", town.moderator, ""),
            (.get, "/api/threads/\(town.hiddenThread)", town.moderator, ""),
        ] {
            let answer = try await forum.send(method, target, by: person, body)
            #expect(answer.status == 200, "\(method.name) \(target): \(answer.text)")
        }
        #expect(await forum.status(.get, "/api/threads/\(town.hiddenThread)", by: town.ada) == 404)
    }

    @Test("what depends on nobody else is the same, byte for byte", arguments: Town.plainPaths)
    func plain(_ path: String) async throws {
        let town = try Town.here
        let answer = try await town.forum.get(path)
        #expect(answer.status == 200)
        #expect(answer.text == town.before[path]?.text)
    }

    @Test(
        "authors keep their names, and how old those are is said",
        arguments: ["/api/threads/1", "/api/threads?limit=1"])
    func authors(_ path: String) async throws {
        let town = try Town.here
        // Whoever has been away for less than two seconds is not called stale.
        let forum = town.forum
        #expect(await eventually { (try? await forum.get(path))?.stale == ["users"] })
        let answer = try await forum.get(path)
        #expect(answer.status == 200)
        #expect(answer.text.contains(#""username":"ada","name":"ADA""#), "\(answer.text)")
        #expect(answer["Forum-Staleness"]?.hasPrefix("users;age=") == true)
        let own = try await forum.get("/api/threads/1?fields=id,title,createdBy")
        #expect(own.status == 200 && own["Forum-Staleness"] == nil)
    }

    @Test("posts of a thread are shown with their authors, and how old those are is said")
    func posts() async throws {
        let town = try Town.here
        let forum = town.forum
        let path = "/api/posts/in-thread/\(town.thread)"
        #expect(await eventually { (try? await forum.get(path))?.stale == ["users"] })
        let answer = try await forum.get(path)
        #expect(answer.status == 200)
        #expect(answer.text.contains(#""username":"ben""#), "\(answer.text)")
    }

    @Test("a thread that does not exist is told from one that nobody can be asked about")
    func unknownThread() async throws {
        let town = try Town.here
        let answer = try await town.forum.send(
            .post, "/api/posts", by: town.ben, #"{"thread":999999,"text":"Hello?"}"#)
        #expect(answer.status == 404)
        #expect(answer.problem == "not-found")
    }

    @Test("topics and messages start again without users, and know its tokens from their disks")
    func restart() async throws {
        let town = try Town.here
        let forum = town.forum
        for name in ["topics-1", "messages-1"] {
            await forum.kill(name)
            try await forum.start([name])
        }
        let opened = try await forum.send(
            .post, "/api/threads", by: town.ada, #"{"title":"After all","text":"Yes."}"#)
        #expect(opened.status == 201, "\(opened.text)")
        let reply = try await forum.send(
            .post, "/api/posts", by: town.ben, #"{"thread":\#(town.thread),"text":"Five."}"#)
        #expect(reply.status == 201, "\(reply.text)")
        #expect(try await forum.get("/api/threads/1").text.contains(#""name":"ADA""#))
    }
}

extension Answer {
    /// Records what is not as it has to be for a service that is stopped.
    func expectUnavailable(
        _ service: String, _ code: String = "service-unavailable",
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(status == 503, "\(text)", sourceLocation: sourceLocation)
        #expect(problem == code, "\(text)", sourceLocation: sourceLocation)
        let named = (try? string("service")) ?? ""
        #expect(named == service, "\(text)", sourceLocation: sourceLocation)
        let seconds = self[.retryAfter].flatMap(Int.init) ?? 0
        #expect((1...60).contains(seconds), "Retry-After", sourceLocation: sourceLocation)
    }
}
