import Bytes
import Fixture
import HTTP
import Outbox
import Testing

@Suite("Flags and who keeps order")
struct FlagTests {
    /// A public thread in each of two categories; 6 keeps order in the second. A post in each, and
    /// a flag for each.
    private func forum() async throws -> SignedForum {
        let forum = try SignedForum()
        try await forum.followThreads()
        try await forum.takeThread(1, #","category":1,"moderators":[]"#)
        try await forum.takeThread(2, #","category":2,"moderators":[6,7]"#)
        for id in 1...2 {
            try await forum.write("post \(id)", in: id, as: "4")
            let flag = try await forum.send(
                .post, "/api/posts/\(id)/flags", as: "5", #"{"reason":"spam","note":"look"}"#)
            #expect(flag.status == 201)
        }
        return forum
    }

    private func decide(
        _ id: Int, _ verdict: String, as viewer: String, _ forum: SignedForum
    ) async throws -> Answer {
        try await forum.send(.patch, "/api/posts/flags/\(id)", as: viewer, verdict)
    }

    @Test("a decision can ask for the thread to be locked, which is told once")
    func locked() async throws {
        let forum = try await forum()
        let verdict = #"{"state":"accepted","action":"lock"}"#
        #expect(try await decide(1, verdict, as: "9:moderator", forum).status == 200)
        #expect(try await decide(1, verdict, as: "9:moderator", forum).status == 409)
        let asked = try await forum.events().filter { $0.event.kind == "post.lock-asked" }
        #expect(asked.map(\.event.body.text) == [#"{"thread":1,"by":9,"reason":"spam"}"#])
        #expect(try await forum.get("/api/posts/1").member("state") == #""visible""#)
        let rejected = #"{"state":"rejected","action":"lock"}"#
        #expect(try await decide(2, rejected, as: "9:moderator", forum).status == 422)
    }

    @Test("who keeps order in a category sees and decides its flags, and no others")
    func category() async throws {
        let forum = try await forum()
        let flags = "/api/posts/flags?fields=id"
        #expect(try await forum.get(flags, as: "9:moderator").text == #"[{"id":1},{"id":2}]"#)
        #expect(try await forum.get(flags, as: "6").text == #"[{"id":2}]"#)
        #expect(try await forum.get(flags, as: "5").status == 403)
        let other = try await forum.get("/api/posts/flags/1", as: "6")
        let unknown = try await forum.get("/api/posts/flags/77", as: "6")
        #expect(other.status == 404)
        #expect(
            other.text.replacing("flag 1 ", with: "flag 77 ")
                .replacing("flags/1\"", with: "flags/77\"") == unknown.text)
        let verdict = #"{"state":"accepted","action":"remove"}"#
        #expect(try await decide(1, verdict, as: "6", forum).status == 404)
        #expect(try await decide(2, verdict, as: "6", forum).status == 200)
        #expect(try await forum.get("/api/posts/2").status == 404)
        let seen = try await forum.get("/api/posts/in-thread/2", as: "6")
        #expect(seen.text.contains(#""state":"removed""#))
    }

    @Test("their list is the same for as long as nothing changes in it, whatever else is flagged")
    func unchanged() async throws {
        let forum = try await forum()
        let flags = "/api/posts/flags"
        let tag = try #require(try await forum.get(flags, as: "6")[.etag])
        #expect(try await forum.send(.get, flags, as: "6", noneMatch: tag).status == 304)
        let body = #"{"reason":"abuse"}"#
        let elsewhere = try await forum.send(.post, "/api/posts/1/flags", as: "8", body)
        #expect(elsewhere.status == 201)
        #expect(try await forum.send(.get, flags, as: "6", noneMatch: tag).status == 304)
        let here = try await forum.send(.post, "/api/posts/2/flags", as: "8", body)
        #expect(here.status == 201)
        #expect(try await forum.send(.get, flags, as: "6", noneMatch: tag).status == 200)
        #expect(try await forum.get("\(flags)?limit=1", as: "6").link("next") != nil)
    }

    @Test(
        "and removes, edits and restores there, not elsewhere, for as long as the category says so")
    func rights() async throws {
        let forum = try await forum()
        #expect(try await forum.send(.delete, "/api/posts/1", as: "6").status == 403)
        let removed = try await forum.send(.delete, "/api/posts/2", as: "6")
        #expect(try removed.member("state") == #""removed""#)
        #expect(try await forum.send(.post, "/api/posts/2/restore", as: "4").status == 403)
        #expect(try await forum.send(.post, "/api/posts/2/restore", as: "7").status == 200)
        try await forum.takeThread(
            2, version: 2, #","category":2,"moderators":[6,7],"locked":true"#)
        #expect(try await forum.write("late", in: 2, as: "4").status == 423)
        #expect(try await forum.write("order!", in: 2, as: "6").status == 201)
        try await forum.takeThread(2, version: 3, #","category":2,"moderators":[7]"#)
        #expect(try await forum.send(.delete, "/api/posts/2", as: "6").status == 403)
        #expect(try await forum.get("/api/posts/flags", as: "6").status == 403)
        #expect(try await forum.send(.delete, "/api/posts/2", as: "7").status == 200)
    }

    @Test("a category that is hidden from members is open to who keeps order in it")
    func hidden() async throws {
        let forum = try await forum()
        try await forum.takeThread(
            2, version: 2, #","category":2,"moderators":[6],"visibility":"hidden""#)
        #expect(try await forum.get("/api/posts/2", as: "6").status == 200)
        #expect(try await forum.get("/api/posts/in-thread/2", as: "6").text.contains("post 2"))
        #expect(try await forum.write("order!", in: 2, as: "6").status == 201)
        #expect(try await forum.get("/api/posts/2", as: "7").status == 404)
    }
}
