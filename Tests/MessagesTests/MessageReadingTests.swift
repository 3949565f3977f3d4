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
                + #""createdAt":"2026-01-01T00:00:00.000Z","version":1}"#)
        #expect(answer[.etag] == #""p4.1""#)
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
        _ = try await forum.post("/api/posts", post(1, "more", 1))
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
