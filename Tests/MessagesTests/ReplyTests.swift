import Fixture
import HTTP
import Testing

@Suite("Replies")
struct ReplyTests {
    @Test("a reply names what it answers, which counts it while it is visible")
    func counted() async throws {
        let forum = try SignedForum()
        try await forum.write("question", as: "4")
        let reply = try await forum.write("answer", as: "5", replyTo: 1)
        #expect(try reply.member("replyTo")?.hasPrefix(#"{"id":1,"author":{"id":4,"#) == true)
        #expect(try await forum.get("/api/posts/1").member("replyCount") == "1")
        #expect(
            try await forum.get("/api/posts/1/replies?fields=id,text").text
                == #"[{"id":2,"text":"answer"}]"#)
        _ = try await forum.send(.delete, "/api/posts/2", as: "5")
        #expect(try await forum.get("/api/posts/1").member("replyCount") == "0")
        _ = try await forum.send(.post, "/api/posts/2/restore", as: "5")
        #expect(try await forum.get("/api/posts/1").member("replyCount") == "1")
        _ = try await forum.send(.delete, "/api/posts/2?purge=1", as: "1:admin")
        #expect(try await forum.get("/api/posts/1").member("replyCount") == "0")
    }

    @Test("a reply defeats a 304 and no edit")
    func tags() async throws {
        let forum = try SignedForum()
        try await forum.write("question", as: "4")
        let read = try await forum.get("/api/posts/1", as: "4")[.etag]
        let list = try await forum.get("/api/posts/by-user/4")[.etag]
        try await forum.write("answer", as: "5", replyTo: 1)
        #expect(try await forum.get("/api/posts/1", as: "4")[.etag] != read)
        #expect(try await forum.get("/api/posts/by-user/4")[.etag] != list)
        let edit = try await forum.send(
            .patch, "/api/posts/1", as: "4", match: read, #"{"text":"a question"}"#)
        #expect(edit.status == 200)
    }

    @Test("nobody answers what is not there, is deleted, or is in another thread")
    func refused() async throws {
        let forum = try SignedForum()
        try await forum.write("one", in: 1, as: "4")
        try await forum.write("two", in: 2, as: "4")
        try await forum.write("gone", in: 1, as: "4")
        _ = try await forum.send(.delete, "/api/posts/3", as: "4")
        for target in [2, 3, 99] {
            let answer = try await forum.write("x", in: 1, as: "5", replyTo: target)
            #expect(answer.status == 422)
            #expect(answer.text.contains("/replyTo"))
        }
        #expect(try await forum.get("/api/posts/99/replies").status == 404)
    }
}
