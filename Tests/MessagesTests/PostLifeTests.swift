import Bytes
import Fixture
import HTTP
import MessagesService
import Outbox
import Testing

@Suite("The life of a post")
struct PostLifeTests {
    @Test("who has a token posts as themselves and nobody else")
    func author() async throws {
        let forum = try SignedForum()
        let made = try await forum.write("hello", as: "4")
        #expect(made.status == 201)
        #expect(try made.member("user") == "4")
        #expect(made[.forumPosition] == "posts=1")
        let other = try await forum.send(
            .post, "/api/posts", as: "4", #"{"thread":1,"text":"x","user":5}"#)
        #expect(other.status == 422)
        #expect(other.text.contains("not-you"))
        #expect(try await forum.write("x", as: "4:member:threads:write").status == 403)
        #expect(try await forum.send(.post, "/api/posts", post(1, "x", 4)).status == 401)
    }

    @Test("a key brings the first answer again")
    func keyed() async throws {
        let forum = try SignedForum()
        let body = #"{"thread":1,"text":"once"}"#
        let first = try await forum.send(.post, "/api/posts", as: "4", key: "k", body)
        let second = try await forum.send(.post, "/api/posts", as: "4", key: "k", body)
        #expect(second.text == first.text)
        #expect(second["Idempotency-Replayed"] == "true")
        #expect(try await forum.events().count == 1)
    }

    @Test("an edit needs to know what it changes, and keeps what was there")
    func edit() async throws {
        let forum = try SignedForum()
        try await forum.write("frist", as: "4")
        let patch = #"{"text":"first","reason":"typo"}"#
        #expect(try await forum.send(.patch, "/api/posts/1", as: "4", patch).status == 428)
        let edited = try await forum.send(
            .patch, "/api/posts/1", as: "4", match: "\"p1.1\"", patch)
        #expect(edited.status == 200)
        #expect(try edited.member("text") == #""first""#)
        #expect(try edited.member("edits") == "1")
        #expect(try edited.member("version") == "2")
        let late = try await forum.send(
            .patch, "/api/posts/1", as: "4", match: "\"p1.1\"", #"{"text":"lost"}"#)
        #expect(late.status == 412)
        #expect(try late.member("current") == #""first""#)
        let history = try await forum.get("/api/posts/1/history?fields=rev,reason,text")
        #expect(
            history.text == #"[{"rev":1,"reason":null,"text":"frist"},"#
                + #"{"rev":2,"reason":"typo","text":"first"}]"#)
        #expect(
            try await forum.get("/api/posts/1/history/1?fields=text").text
                == #"{"text":"frist"}"#)
        #expect(
            try await forum.get("/api/posts/1/history/2?fields=diff").text
                == #"{"diff":[["-","frist"],["+","first"]]}"#)
        #expect(try await forum.get("/api/posts/1/history/3").status == 404)
    }

    @Test("a post that was never edited has one revision, and no page after it")
    func original() async throws {
        let forum = try SignedForum()
        try await forum.write("only", as: "4")
        let history = try await forum.get("/api/posts/1/history?fields=rev,text&limit=1")
        #expect(history.text == #"[{"rev":1,"text":"only"}]"#)
        #expect(history.link("next") == nil)
    }

    @Test("an edit with the same text changes nothing, and one by a stranger is refused")
    func refusedEdits() async throws {
        let forum = try SignedForum()
        try await forum.write("text", as: "4")
        let same = try await forum.send(
            .patch, "/api/posts/1", as: "4", match: "*", #"{"text":"text"}"#)
        #expect(try same.member("version") == "1")
        let other = #"{"text":"mine now"}"#
        #expect(
            try await forum.send(.patch, "/api/posts/1", as: "5", match: "*", other).status == 403)
        #expect(
            try await forum.send(.patch, "/api/posts/1", as: nil, match: "*", other).status == 401)
        let null = try await forum.send(
            .patch, "/api/posts/1", as: "4", match: "*", #"{"text":null}"#)
        #expect(null.status == 422)
    }

    @Test("a moderator brings an earlier text back as a new revision")
    func revert() async throws {
        let forum = try SignedForum()
        try await forum.write("good", as: "4")
        _ = try await forum.send(
            .patch, "/api/posts/1", as: "4", match: "*", #"{"text":"bad"}"#)
        let target = "/api/posts/1/history/1/revert"
        #expect(try await forum.send(.post, target, as: "4", match: "*").status == 403)
        let reverted = try await forum.send(
            .post, target, as: "9:moderator", match: "\"p1.2\"")
        #expect(reverted.status == 200)
        #expect(try reverted.member("text") == #""good""#)
        let last = try await forum.get("/api/posts/1/history/3?fields=by,reason")
        #expect(last.text.hasPrefix(#"{"by":{"id":9,"#))
        #expect(try last.member("reason") == #""back to revision 1""#)
    }

    @Test("a deleted post is there for its author and for moderators alone")
    func deleted() async throws {
        let forum = try SignedForum()
        try await forum.write("secret", as: "4")
        let gone = try await forum.send(
            .delete, "/api/posts/1", as: "4", #"{"reason":"sorry"}"#)
        #expect(try gone.member("state") == #""deleted""#)
        for reader in [nil, "5"] {
            for path in ["", "/history", "/replies", "/context", "/reactions"] {
                let answer = try await forum.get("/api/posts/1\(path)", as: reader)
                let unknown = try await forum.get("/api/posts/2\(path)", as: reader)
                #expect(answer.status == 404)
                #expect(
                    answer.text
                        == unknown.text.replacing("post 2", with: "post 1").replacing(
                            "posts/2", with: "posts/1"))
            }
        }
        for list in ["", "/in-thread/1", "/by-user/4"] {
            for reader in [nil, "5", "4"] {
                #expect(try await forum.get("/api/posts\(list)", as: reader).text == "[]")
            }
            let all = try await forum.get("/api/posts\(list)", as: "9:moderator")
            #expect(all.text.contains("secret"))
        }
        for reader in ["4", "9:moderator"] {
            for path in ["", "/history", "/context"] {
                let answer = try await forum.get("/api/posts/1\(path)", as: reader)
                #expect(answer.text.contains("secret"))
            }
        }
        let conflict = try await forum.send(
            .patch, "/api/posts/1", as: "5", match: "\"p9.9\"", #"{"text":"x"}"#)
        #expect(conflict.status == 404)
        let back = try await forum.send(.post, "/api/posts/1/restore", as: "4")
        #expect(try back.member("state") == #""visible""#)
        #expect(try await forum.send(.post, "/api/posts/1/restore", as: "4").status == 409)
    }

    @Test("what a moderator removed comes back by a moderator alone")
    func removed() async throws {
        let forum = try SignedForum()
        try await forum.write("rude", as: "4")
        #expect(try await forum.send(.delete, "/api/posts/1", as: "5").status == 403)
        let gone = try await forum.send(.delete, "/api/posts/1", as: "9:moderator")
        #expect(try gone.member("state") == #""removed""#)
        let again = try await forum.send(.delete, "/api/posts/1", as: "4")
        #expect(try again.member("state") == #""removed""#)
        #expect(try await forum.send(.post, "/api/posts/1/restore", as: "4").status == 403)
        let back = try await forum.send(.post, "/api/posts/1/restore", as: "9:moderator")
        #expect(try back.member("state") == #""visible""#)
    }

    @Test("an admin removes for good, and id and number are not given again")
    func purged() async throws {
        let forum = try SignedForum()
        try await forum.write("one", as: "4")
        try await forum.write("two", as: "4")
        let target = "/api/posts/2?purge=1"
        #expect(try await forum.send(.delete, target, as: "9:moderator").status == 403)
        #expect(try await forum.send(.delete, target, as: "1:admin").status == 204)
        #expect(try await forum.get("/api/posts/2", as: "9:moderator").status == 410)
        #expect(try await forum.get("/api/posts/2", as: "4").status == 404)
        #expect(try await forum.get("/api/posts?fields=id").text == #"[{"id":1}]"#)
        let next = try await forum.write("three", as: "4")
        #expect(try next.member("id") == "3")
        #expect(try next.member("number") == "3")
        let kinds = try await forum.events().map(\.event.kind)
        #expect(kinds == ["post.changed", "post.changed", "post.purged", "post.changed"])
    }

    @Test("a moderator moves a post to the end of another thread")
    func moved() async throws {
        let forum = try SignedForum()
        try await forum.write("here", in: 1, as: "4")
        try await forum.write("there", in: 2, as: "4")
        let before = try await forum.get("/api/posts/in-thread/1")[.etag]
        let moved = try await forum.send(
            .post, "/api/posts/1/move", as: "9:moderator", #"{"thread":2}"#)
        #expect(try moved.member("thread") == "2")
        #expect(try moved.member("number") == "2")
        let left = try await forum.get("/api/posts/in-thread/1")
        #expect(left.text == "[]")
        #expect(left[.etag] != before)
    }

    @Test("every change is told once, with a version that grows")
    func events() async throws {
        let forum = try SignedForum()
        try await forum.write("a", as: "4")
        _ = try await forum.send(.patch, "/api/posts/1", as: "4", match: "*", #"{"text":"b"}"#)
        _ = try await forum.send(.delete, "/api/posts/1", as: "4")
        let events = try await forum.events()
        #expect(events.map(\.event.version) == [1, 2, 3])
        #expect(
            events.last?.event.body.text == #"{"id":1,"version":3,"thread":1,"number":1,"user":4,"#
                + #""state":"deleted","createdAt":"2026-01-01T00:00:00.000Z"}"#)
        let snapshot = try forum.messages.feed.snapshot(kind: "post", afterKey: nil, limit: 10)
        #expect(snapshot.rows == [events[2].event])
    }
}
