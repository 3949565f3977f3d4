import Fixture
import HTTP
import JSON
import Testing

/// Everything that goes on without the posts service; it is killed before the first test.
@Suite(
    "While posts is stopped", .serialized, .fewAtOnce, .timeLimit(.minutes(5)),
    .inTown(stopping: "messages-1"))
struct PostsDownTests {
    @Test(
        "whatever posts alone can answer is 503, says so and when to come back",
        arguments: [
            (Method.get, "/api/posts", ""), (.get, "/api/posts/1", ""),
            (.get, "/api/posts/in-thread/1?fields=thread,text,user", ""),
            (.get, "/api/posts/search?q=heron", ""),
            (.post, "/api/posts", #"{"thread":1,"text":"Nobody is there."}"#),
            (.post, "/api/posts", #"{"thread":999999,"text":"Nobody is there."}"#),
            (.put, "/api/posts/1/reactions/%F0%9F%91%8D", ""),
        ])
    func unavailable(_ method: HTTP.Method, _ target: String, _ body: String) async throws {
        let town = try Town.here
        let answer = try await town.forum.send(method, target, by: town.ada, body)
        answer.expectUnavailable("messages")
    }

    @Test(
        "threads are the same, byte for byte, where nobody else is shown",
        arguments: Town.plainPaths.filter { $0.hasPrefix("/api/threads") })
    func plain(_ path: String) async throws {
        let town = try Town.here
        let answer = try await town.forum.get(path)
        #expect(answer.status == 200)
        #expect(answer.text == town.before[path]?.text)
    }

    @Test("threads are shown with the counts last known, and how old those are is said")
    func counts() async throws {
        let town = try Town.here
        let forum = town.forum
        let path = "/api/threads/\(town.thread)"
        #expect(await eventually { (try? await forum.get(path))?.stale == ["posts"] })
        let answer = try await forum.get(path)
        #expect(answer.status == 200)
        #expect(try answer.integer("replyCount") == 1)
        let own = try await forum.get("\(path)?fields=id,title,author")
        #expect(own.status == 200 && own["Forum-Staleness"] == nil)
        #expect(try answer.member("lastPost") == town.before[path]?.member("lastPost"))
    }

    @Test("users are shown with the counts last known, and how old those are is said")
    func usersCounts() async throws {
        let forum = try Town.here.forum
        let path = "/api/users/4"
        #expect(await eventually { (try? await forum.get(path))?.stale == ["posts"] })
        #expect(try await forum.get(path).integer("postCount") == 1)
    }

    @Test("a thread is opened; its text is shown although nobody has posted it yet")
    func opening() async throws {
        let town = try Town.here
        let forum = town.forum
        let answer = try await forum.send(
            .post, "/api/threads", by: town.ada, #"{"title":"Early","text":"Wait for me."}"#)
        #expect(answer.status == 201, "\(answer.text)")
        let pending = #"{"id":null,"state":"pending","text":"Wait for me."}"#
        #expect(try answer.member("openingPost") == pending)
        let path = try #require(answer[.location])
        #expect(try await forum.get(path).member("openingPost") == pending)
        #expect(try await forum.get("/api/threads/search?q=early").text.contains("Early"))
    }

    @Test("threads are edited, locked, pinned, read and followed")
    func changes() async throws {
        let town = try Town.here
        let forum = town.forum
        let path = "/api/threads/\(town.thread)"
        for (method, target, person, body) in [
            (Method.put, "\(path)/lock", town.moderator, "{}"),
            (.delete, "\(path)/lock", town.moderator, ""),
            (.put, "\(path)/pin", town.moderator, #"{"scope":"global"}"#),
            (.delete, "\(path)/pin", town.moderator, ""),
            (.put, "\(path)/read", town.ada, #"{"upTo":2}"#),
            (.put, "\(path)/subscription", town.ada, #"{"level":"watching"}"#),
        ] {
            let answer = try await forum.send(method, target, by: person, body)
            #expect(answer.status == 200, "\(method.name) \(target): \(answer.text)")
        }
        let etag = try await forum.get(path, by: town.ada)[.etag] ?? ""
        let edited = try await forum.send(
            .patch, path, by: town.ada, #"{"tags":["birds"]}"#, [.ifMatch: etag])
        #expect(edited.status == 200, "\(edited.text)")
        let back = try await forum.send(
            .patch, path, by: town.ada, #"{"tags":[]}"#, [.ifMatch: edited[.etag] ?? ""])
        #expect(back.status == 200, "\(back.text)")
    }

    @Test("a ban is made, and holds in threads as soon as it has been heard of")
    func ban() async throws {
        let town = try Town.here
        let forum = town.forum
        let cleo = try forum.person(5)
        let ban = try await forum.send(
            .post, "/api/users/5/bans", by: town.moderator, #"{"reason":"spam","scope":"all"}"#)
        #expect(ban.status == 201, "\(ban.text)")
        #expect(
            await eventually {
                let answer = try? await forum.send(
                    .post, "/api/threads", by: cleo, #"{"title":"Buy!"}"#)
                // A ban from everything ends the sessions, too.
                return ["banned", "token-expired"].contains(answer?.problem)
            })
    }

    @Test("a deletion is accepted and waits for posts alone")
    func deletion() async throws {
        try await Town.here.deleteDora(
            until: #"{"users":"done","threads":"done","posts":"waiting"}"#)
    }
}
