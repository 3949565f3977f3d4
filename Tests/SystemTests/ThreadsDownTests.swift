import Fixture
import HTTP
import JSON
import Testing

/// Everything that goes on without the threads service; it is killed before the first test.
@Suite(
    "While threads is stopped", .serialized, .fewAtOnce, .timeLimit(.minutes(5)),
    .inTown(stopping: "topics-1"))
struct ThreadsDownTests {
    @Test(
        "whatever threads alone can answer is 503, says so and when to come back",
        arguments: [
            (Method.get, "/api/threads", ""), (.get, "/api/threads/1", ""),
            (.get, "/api/threads?fields=id,title,createdBy", ""),
            (.get, "/api/threads/categories", ""), (.get, "/api/threads/search?q=heron", ""),
            (.post, "/api/threads", #"{"title":"No","text":"Nobody is there."}"#),
            (.put, "/api/threads/1/lock", "{}"), (.put, "/api/threads/1/read", #"{"upTo":1}"#),
        ])
    func unavailable(_ method: HTTP.Method, _ target: String, _ body: String) async throws {
        let town = try Town.here
        let answer = try await town.forum.send(method, target, by: town.moderator, body)
        answer.expectUnavailable("topics")
    }

    @Test("people register, sign in, and go on with their sessions")
    func sessions() async throws {
        let forum = try Town.here.forum
        let person = #"{"username":"frida","password":"correct horse battery"}"#
        #expect(await forum.status(.post, "/api/users", person) == 201)
        let session = try await forum.send(.post, "/api/users/sessions", person)
        #expect(session.status == 201, "\(session.text)")
        let token = try session.string("refreshToken")
        let next = try await forum.send(
            .post, "/api/users/sessions/refresh", #"{"refreshToken":"\#(token)"}"#)
        #expect(next.status == 200, "\(next.text)")
        let me = Person(id: 0, token: try next.string("accessToken"))
        #expect(try await forum.get("/api/users/me", by: me).string("username") == "frida")
    }

    @Test("users are shown with the counts last known, and how old those are is said")
    func counts() async throws {
        let town = try Town.here
        let forum = town.forum
        for path in ["/api/users/3", "/api/users?limit=3"] {
            #expect(await eventually { (try? await forum.get(path))?.stale == ["threads"] })
            let answer = try await forum.get(path)
            #expect(answer.status == 200)
            #expect(answer.text.contains(#""threadCount":1"#), "\(answer.text)")
        }
    }

    @Test("posts are read as before, and those of a hidden thread stay hidden")
    func posts() async throws {
        let town = try Town.here
        let forum = town.forum
        let path = "/api/posts/in-thread/\(town.thread)"
        #expect(await eventually { (try? await forum.get(path))?.stale == ["threads"] })
        #expect(try await forum.get(path).text.contains("Seen **one**?"))
        let hidden = "/api/posts/in-thread/\(town.hiddenThread)"
        #expect(try await forum.get(hidden).text == "[]")
        #expect(try await forum.get(hidden, by: town.ada).text == "[]")
        #expect(try await forum.get(hidden, by: town.moderator).text.contains("Not for all."))
        #expect(await forum.status(.get, "/api/posts/\(town.hiddenPost)", by: town.ada) == 404)
        #expect(try await forum.get("/api/posts/search?q=all", by: town.ada).text == "[]")
    }

    @Test("a thread that is known is answered, edited and reacted to")
    func knownThread() async throws {
        let town = try Town.here
        let forum = town.forum
        let id = try await town.replyAndEdit()
        let reaction = "/api/posts/\(id)/reactions/%F0%9F%91%8D"
        #expect(await forum.status(.put, reaction, by: town.ada) == 200)
    }

    @Test("of a thread that is not known nobody says that it does not exist")
    func unknownThread() async throws {
        let town = try Town.here
        let answer = try await town.forum.send(
            .post, "/api/posts", by: town.ben, #"{"thread":999999,"text":"Hello?"}"#)
        answer.expectUnavailable("messages", "dependency-unavailable")
    }

    @Test("a ban is made, and holds in posts as soon as it has been heard of")
    func ban() async throws {
        let town = try Town.here
        let forum = town.forum
        let cleo = try forum.person(5)
        let words = #"{"thread":\#(town.thread),"text":"Buy!"}"#
        #expect(await forum.status(.post, "/api/posts", by: cleo, words) == 201)
        let ban = try await forum.send(
            .post, "/api/users/5/bans", by: town.moderator, #"{"reason":"spam","scope":"write"}"#)
        #expect(ban.status == 201, "\(ban.text)")
        #expect(
            await eventually {
                let answer = try? await forum.send(.post, "/api/posts", by: cleo, words)
                return answer?.problem == "banned"
            })
        #expect(await forum.status(.get, "/api/posts/1", by: cleo) == 200)
    }

    @Test("a deletion is accepted and waits for threads alone")
    func deletion() async throws {
        try await Town.here.deleteDora(
            until: #"{"users":"done","threads":"waiting","posts":"done"}"#)
    }
}
