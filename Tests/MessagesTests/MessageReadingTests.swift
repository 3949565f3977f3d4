import Fixture
import HTTP
import Testing

@Suite("Reading messages")
struct MessageReadingTests {
    private func forum() async throws -> LoopbackForum {
        let forum = try messagesForum()
        let lines = [
            post(1, "It stood by the weir on Monday.", 4), post(1, "Still there!", 2),
            post(2, "Who is in?", 3), post(2, "Count me in!", 2), post(2, "I bring towels", 1),
            post(3, "Mine leaks", 1),
        ]
        let answer = try await forum.bulk("/api/posts/bulk", lines)
        #expect(answer.lines.last?.contains(#""added":6"#) == true)
        return forum
    }

    @Test("a post is shown whole, the lab's members first")
    func whole() async throws {
        let answer = try await forum().get("/api/posts/4")
        #expect(
            answer.text == #"{"thread":2,"text":"Count me in!","user":2,"id":4,"number":2,"#
                + #""author":{"id":2,"username":"user-2","name":"user-2","#
                + #""avatar":"/api/users/2/avatar","state":"unknown"},"#
                + #""html":"<p>Count me in!</p>\n","createdAt":"2026-01-01T00:00:00.000Z","#
                + #""editedAt":null,"edits":0,"version":1,"quotes":[],"mentions":[],"#
                + #""replyCount":0,"reactions":[],"state":"visible"}"#)
        #expect(answer[.etag] == #""p4.1""#)
    }

    @Test("the lab's members alone are the lab's bytes")
    func lab() async throws {
        let answer = try await forum().get("/api/posts/4?fields=thread,text,user")
        #expect(answer.text == #"{"thread":2,"text":"Count me in!","user":2}"#)
    }

    @Test("a card has the beginning of the text on one line")
    func card() async throws {
        let forum = try messagesForum()
        _ = try await forum.post("/api/posts", post(1, "one\n\n**two** three", 2), as: "2")
        let answer = try await forum.get("/api/posts/1?view=card")
        #expect(
            answer.text == #"{"id":1,"thread":1,"user":2,"excerpt":"one two three","#
                + #""createdAt":"2026-01-01T00:00:00.000Z"}"#)
        let words = String(repeating: "word ", count: 100)
        _ = try await forum.post("/api/posts", post(1, words, 2), as: "2")
        let long = try await forum.get("/api/posts/2?view=card").member("excerpt") ?? ""
        #expect(long.hasSuffix("…\""))
        #expect(long.count < 210)
    }

    @Test("order=desc turns a list around, from= starts within a thread")
    func turned() async throws {
        let forum = try await forum()
        #expect(
            try await forum.get("/api/posts?fields=id&order=desc&limit=2").text
                == #"[{"id":6},{"id":5}]"#)
        let second = try await forum.get("/api/posts?fields=id&order=desc&limit=2")
        let next = try await forum.get(second.link("next") ?? "")
        #expect(next.text == #"[{"id":4},{"id":3}]"#)
        #expect(try await forum.get(next.link("prev") ?? "").text == second.text)
        #expect(
            try await forum.get("/api/posts/in-thread/2?from=2&fields=number").text
                == #"[{"number":2},{"number":3}]"#)
    }

    @Test("a context is a post between its neighbours")
    func context() async throws {
        let forum = try await forum()
        #expect(
            try await forum.get("/api/posts/4/context?before=1&after=0&fields=id").text
                == #"[{"id":3},{"id":4}]"#)
        #expect(
            try await forum.get("/api/posts/4/context?fields=id").text
                == #"[{"id":3},{"id":4},{"id":5}]"#)
        #expect(try await forum.get("/api/posts/99/context").status == 404)
    }

    @Test("posts of a thread come by number, those of a user by id")
    func lists() async throws {
        let forum = try await forum()
        #expect(
            try await forum.get("/api/posts/in-thread/2?fields=id,number").text
                == #"[{"id":3,"number":1},{"id":4,"number":2},{"id":5,"number":3}]"#)
        #expect(
            try await forum.get("/api/posts/by-user/1?fields=id,thread").text
                == #"[{"id":5,"thread":2},{"id":6,"thread":3}]"#)
        #expect(try await forum.get("/api/posts?fields=id").text.hasPrefix(#"[{"id":1},{"id":2}"#))
    }

    @Test("an unknown thread or user has no posts; a malformed one is 400")
    func unknown() async throws {
        let forum = try await forum()
        for list in ["in-thread", "by-user"] {
            let answer = try await forum.get("/api/posts/\(list)/99")
            #expect(answer.status == 200)
            #expect(answer.text == "[]")
            #expect(answer[.link] == nil)
            #expect(try await forum.get("/api/posts/\(list)/abc").status == 400)
        }
        #expect(try await forum.get("/api/posts/99").status == 404)
    }

    @Test("a post changes the tags of its own lists and of no other")
    func tags() async throws {
        let forum = try await forum()
        let lists = ["", "/in-thread/1", "/in-thread/2", "/by-user/1", "/by-user/2"]
        func tags() async throws -> [String?] {
            var tags: [String?] = []
            for list in lists { tags.append(try await forum.get("/api/posts\(list)")[.etag]) }
            return tags
        }
        let before = try await tags()
        _ = try await forum.post("/api/posts", post(1, "more", 1), as: "1")
        let after = try await tags()
        let changed = zip(before, after).map { $0 != $1 }
        #expect(changed == [true, true, false, true, false])
    }

    @Test("a row put between others changes the tags of all lists")
    func tagsOutOfOrder() async throws {
        let forum = try await forum()
        _ = try await forum.bulk("/api/posts/bulk", [#"{"id":50,"thread":9,"text":"a","user":9}"#])
        let tag = try await forum.get("/api/posts/by-user/9")[.etag]
        _ = try await forum.bulk("/api/posts/bulk", [#"{"id":40,"thread":9,"text":"b","user":9}"#])
        #expect(try await forum.get("/api/posts/by-user/9")[.etag] != tag)
        #expect(
            try await forum.get("/api/posts/by-user/9?fields=id").text == #"[{"id":40},{"id":50}]"#)
    }
}
