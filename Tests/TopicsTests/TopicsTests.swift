import Fixture
import HTTP
import Testing
import TopicsService

/// A forum of topics alone, with the lab's three.
private func topicsForum() async throws -> LoopbackForum {
    let forum = try LoopbackForum { parts in
        [Topics(store: try parts.store("topics", Topics.schema))]
    }
    let lines = [
        #"{"id":1,"title":"Who's seen the heron?","createdBy":4}"#,
        #"{"id":2,"title":"Swim at the harbour tomorrow","createdBy":3}"#,
        #"{"id":3,"title":"Wanted: a used kayak","createdBy":1}"#,
    ]
    let answer = try await forum.bulk("/api/threads/bulk", lines)
    precondition(
        answer.lines.last == #"{"summary":{"lines":3,"added":3,"unchanged":0,"failed":0}}"#)
    return forum
}

@Suite("Topics")
struct TopicsTests {
    @Test("a thread is shown whole, the lab's members first")
    func whole() async throws {
        let answer = try await topicsForum().get("/api/threads/1")
        #expect(answer.status == 200)
        let author =
            #"{"id":4,"username":"user-4","name":"user-4","avatar":"/api/users/4/avatar","#
            + #""state":"unknown"}"#
        #expect(
            answer.text == #"{"id":1,"title":"Who's seen the heron?","createdBy":4,"#
                + #""slug":"whos-seen-the-heron","author":\#(author),"#
                + #""category":{"id":1,"slug":"general","name":"General"},"tags":[],"#
                + #""kind":"discussion","locked":false,"pinned":"none","state":"visible","#
                + #""createdAt":"2026-01-01T00:00:00.000Z","#
                + #""updatedAt":"2026-01-01T00:00:00.000Z","version":1,"replyCount":0,"#
                + #""lastPost":null,"participants":[],"openingPost":null}"#)
        #expect(answer[.etag] == #""t1.1~u4.0""#)
    }

    @Test("fields= gives the lab's bytes, and its tag says nothing of people")
    func lab() async throws {
        let answer = try await topicsForum().get("/api/threads/1?fields=id,title,createdBy")
        #expect(answer.text == #"{"id":1,"title":"Who's seen the heron?","createdBy":4}"#)
        #expect(answer[.etag] == #""t1.1""#)
    }

    @Test("a card has what a menu needs")
    func card() async throws {
        let answer = try await topicsForum().get("/api/threads/1?view=card")
        #expect(
            answer.text == #"{"id":1,"title":"Who's seen the heron?","#
                + #""slug":"whos-seen-the-heron","replyCount":0,"lastPostAt":null}"#)
    }

    @Test("a new thread gets the next id and a slug")
    func created() async throws {
        let forum = try await topicsForum()
        let answer = try await forum.post(
            "/api/threads", #"{"title":"Grüße 🦊","createdBy":2}"#, as: "2")
        #expect(answer.status == 201)
        #expect(answer[.location] == "/api/threads/4")
        #expect(try answer.member("slug") == #""grüße""#)
        #expect(answer.text == (try await forum.get("/api/threads/4").text))
    }

    @Test("a title has 3 to 200 characters and something to read")
    func titles() async throws {
        let forum = try await topicsForum()
        for count in [3, 200] {
            let title = String(repeating: "é", count: count)
            let body = #"{"title":"\#(title)","createdBy":1}"#
            #expect(try await forum.post("/api/threads", body, as: "1").status == 201)
        }
        for title in ["ab", String(repeating: "é", count: 201), "    ", "\\u3000\\u3000\\u3000"] {
            let body = #"{"title":"\#(title)","createdBy":1}"#
            #expect(try await forum.post("/api/threads", body, as: "1").status == 422, "\(title)")
        }
    }

    @Test("createdBy is whoever sends the request; whether they exist is not asked here")
    func creator() async throws {
        let forum = try await topicsForum()
        for id in ["0", "-1", "1.5", #""1""#, "9007199254740993", "2"] {
            let answer = try await forum.post(
                "/api/threads", #"{"title":"A title","createdBy":\#(id)}"#, as: "1")
            #expect(answer.status == 422, "\(id)")
            #expect(answer.text.contains(#""pointer":"/createdBy""#), "\(id)")
        }
        let answer = try await forum.post(
            "/api/threads", #"{"title":"A title","createdBy":9007199254740992}"#,
            as: "9007199254740992")
        #expect(answer.status == 201)
    }

    @Test("strangers start no threads")
    func strangers() async throws {
        let answer = try await topicsForum().post(
            "/api/threads", #"{"title":"A title","createdBy":1}"#)
        #expect(answer.status == 401)
        #expect(try answer.member("type") == #""/problems/unauthenticated""#)
    }

    @Test("loading again adds nothing; the same id with another title is a conflict")
    func again() async throws {
        let forum = try await topicsForum()
        let lines = [
            #"{"id":3,"title":"Wanted: a used kayak","createdBy":1}"#,
            #"{"id":3,"title":"Wanted: a used canoe","createdBy":1}"#,
            #"{"id":3,"title":"Wanted: a used kayak","createdBy":2}"#,
        ]
        let answer = try await forum.bulk("/api/threads/bulk", lines)
        #expect(answer.lines[0] == #"{"line":1,"id":3,"state":"unchanged"}"#)
        #expect(answer.lines[1].contains("/problems/conflict"))
        #expect(answer.lines[2].contains("/problems/conflict"))
    }

    @Test("the largest id can be loaded; after it a new thread is a conflict, not an overflow")
    func lastID() async throws {
        let forum = try await topicsForum()
        let line = #"{"id":9007199254740992,"title":"The last one","createdBy":1}"#
        #expect(
            try await forum.bulk("/api/threads/bulk", [line]).lines[0]
                == #"{"line":1,"id":9007199254740992}"#)
        #expect(try await forum.get("/api/threads/9007199254740992").status == 200)
        let answer = try await forum.post(
            "/api/threads", #"{"title":"One more","createdBy":1}"#, as: "1")
        #expect(answer.status == 409)
    }

    @Test("SQL, emoji, right-to-left marks and escapes are kept as given")
    func keptAsGiven() async throws {
        let forum = try await topicsForum()
        let titles = [
            "'; DROP TABLE topics; --", "👩‍👩‍👧‍👦 family", "\u{202e}abc\u{202c}", "a\"b\\c/d\ttab",
            "e\u{301} is not é", "line\nbreak",
        ]
        for (index, title) in titles.enumerated() {
            let text = JSONText.string(title)
            let made = try await forum.post(
                "/api/threads", #"{"title":\#(text),"createdBy":1}"#, as: "1")
            #expect(made.status == 201)
            let shown = try await forum.get("/api/threads/\(4 + index)?fields=title")
            #expect(shown.text == #"{"title":\#(text)}"#)
        }
    }
}
