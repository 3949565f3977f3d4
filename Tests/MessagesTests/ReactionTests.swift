import Fixture
import HTTP
import Testing

@Suite("Reactions and flags")
struct ReactionTests {
    private static let thumb = "%F0%9F%91%8D"
    private static let party = "%F0%9F%8E%89"

    @Test("a reaction counts once however often it is given, and can be taken back")
    func toggled() async throws {
        let forum = try SignedForum()
        try await forum.write("text", as: "4")
        let target = "/api/posts/1/reactions/\(Self.thumb)"
        for _ in 0..<2 {
            let given = try await forum.send(.put, target, as: "5")
            #expect(given.status == 200)
            #expect(given.text == #"{"reactions":[{"emoji":"👍","count":1}]}"#)
        }
        _ = try await forum.send(.put, target, as: "6")
        _ = try await forum.send(.put, "/api/posts/1/reactions/\(Self.party)", as: "5")
        #expect(
            try await forum.get("/api/posts/1").member("reactions")
                == #"[{"emoji":"👍","count":2},{"emoji":"🎉","count":1}]"#)
        #expect(
            try await forum.get("/api/posts/1", as: "5").member("me")
                == #"{"reactions":["🎉","👍"],"canEdit":false}"#)
        let all = try await forum.get("/api/posts/1/reactions")
        #expect(all.text.hasPrefix(#"[{"emoji":"👍","count":2,"users":[{"id":5,"#))
        #expect(
            try await forum.get("/api/posts/1/reactions?fields=emoji,count").text
                == #"[{"emoji":"👍","count":2},{"emoji":"🎉","count":1}]"#)
        for _ in 0..<2 { _ = try await forum.send(.delete, target, as: "5") }
        _ = try await forum.send(.delete, target, as: "6")
        #expect(
            try await forum.get("/api/posts/1").member("reactions")
                == #"[{"emoji":"🎉","count":1}]"#)
    }

    @Test("only the reactions of the list exist, and only for those who have an account")
    func refused() async throws {
        let forum = try SignedForum()
        try await forum.write("text", as: "4")
        #expect(try await forum.send(.put, "/api/posts/1/reactions/x", as: "5").status == 422)
        let target = "/api/posts/1/reactions/\(Self.thumb)"
        #expect(try await forum.send(.put, target).status == 401)
        #expect(
            try await forum.send(.put, "/api/posts/9/reactions/\(Self.thumb)", as: "5").status
                == 404)
        _ = try await forum.send(.delete, "/api/posts/1", as: "4")
        #expect(try await forum.send(.put, target, as: "5").status == 404)
        #expect(try await forum.send(.put, target, as: "4").status == 409)
    }

    @Test("a reaction defeats a 304 and no edit")
    func tags() async throws {
        let forum = try SignedForum()
        try await forum.write("text", as: "4")
        let read = try await forum.get("/api/posts/1", as: "4")[.etag]
        let list = try await forum.get("/api/posts/in-thread/1")[.etag]
        _ = try await forum.send(.put, "/api/posts/1/reactions/\(Self.thumb)", as: "5")
        #expect(try await forum.get("/api/posts/1", as: "4")[.etag] != read)
        #expect(try await forum.get("/api/posts/in-thread/1")[.etag] != list)
        let edit = try await forum.send(
            .patch, "/api/posts/1", as: "4", match: read, #"{"text":"more"}"#)
        #expect(edit.status == 200)
    }

    @Test("a member flags a post once; moderators see it and decide")
    func flags() async throws {
        let forum = try SignedForum()
        try await forum.write("buy!", as: "4")
        let body = #"{"reason":"spam","note":"ads"}"#
        let first = try await forum.send(.post, "/api/posts/1/flags", as: "5", body)
        #expect(first.status == 201)
        #expect(first[.location] == "/api/posts/flags/1")
        let again = try await forum.send(.post, "/api/posts/1/flags", as: "5", body)
        #expect(again.status == 200)
        #expect(again.text == first.text)
        _ = try await forum.send(.post, "/api/posts/1/flags", as: "6", #"{"reason":"other"}"#)
        #expect(try await forum.get("/api/posts/flags", as: "5").status == 403)
        let open = try await forum.get("/api/posts/flags?fields=id,by", as: "9:moderator")
        #expect(open.text == #"[{"id":1,"by":5},{"id":2,"by":6}]"#)
        let verdict = #"{"state":"accepted","action":"remove"}"#
        let done = try await forum.send(
            .patch, "/api/posts/flags/1", as: "9:moderator", verdict)
        #expect(try done.member("resolvedBy") == "9")
        let removed = try await forum.get("/api/posts/1", as: "9:moderator")
        #expect(try removed.member("state") == #""removed""#)
        #expect(try await forum.get("/api/posts/1").status == 404)
        let rest = try await forum.get("/api/posts/flags", as: "9:moderator")
        #expect(rest.text == "[]")
        #expect(rest[.etag] != open[.etag])
        let late = try await forum.send(
            .patch, "/api/posts/flags/2", as: "9:moderator", #"{"state":"rejected"}"#)
        #expect(late.status == 409)
    }

    @Test("a rejected flag leaves the post as it is, and removes nothing")
    func rejected() async throws {
        let forum = try SignedForum()
        try await forum.write("fine", as: "4")
        _ = try await forum.send(.post, "/api/posts/1/flags", as: "5", #"{"reason":"abuse"}"#)
        let wrong = try await forum.send(
            .patch, "/api/posts/flags/1", as: "9:moderator",
            #"{"state":"rejected","action":"remove"}"#)
        #expect(wrong.status == 422)
        _ = try await forum.send(
            .patch, "/api/posts/flags/1", as: "9:moderator", #"{"state":"rejected"}"#)
        #expect(try await forum.get("/api/posts/1").member("state") == #""visible""#)
    }
}
