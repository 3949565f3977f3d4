import Bytes
import Fixture
import HTTP
import Outbox
import Routing
import Testing
import TopicsService

@Suite("Changing threads")
struct ChangingTests {
    private static let day: Int64 = 24 * 60 * 60 * 1000

    @Test("an author has a day for second thoughts, moderators have always")
    func edited() async throws {
        let forum = try TopicsForum()
        let id = try await forum.start("Befour", as: "finn")
        let path = "/api/threads/\(id)"
        var tag = try #require(try await forum.get(path, as: "finn")[.etag])
        let body = #"{"title":"Before","tags":["typo"]}"#
        #expect(try await forum.send(.patch, path, as: "finn", body).status == 428)
        #expect(try await forum.send(.patch, path, as: "jake", body, match: tag).status == 403)
        let edited = try await forum.send(.patch, path, as: "finn", body, match: tag)
        #expect(edited.status == 200)
        #expect(try edited.member("slug") == #""before""#)
        #expect(try edited.member("version") == "2")
        #expect(try edited.member("tags") == #"["typo"]"#)
        let stale = try await forum.send(.patch, path, as: "finn", body, match: tag)
        #expect(stale.status == 412)
        #expect(stale[.etag] == #""t1.2""#)
        tag = try #require(edited[.etag])
        forum.pass(milliseconds: Self.day)
        #expect(try await forum.send(.patch, path, as: "finn", body, match: tag).status == 403)
        #expect(try await forum.send(.patch, path, as: "bubblegum", body, match: tag).status == 200)
        #expect(try await forum.events().map(\.version) == [1, 2, 3])
    }

    @Test("a rename of its author makes another answer, and no conflict for who edits")
    func renamed() async throws {
        let forum = try TopicsForum()
        let id = try await forum.start("A thread", as: "finn")
        let path = "/api/threads/\(id)"
        let before = try await forum.get(path)
        try await forum.project("users", [Somebody.event(3, "finn")])
        let after = try await forum.get(path)
        #expect(after.text.contains(#""author":{"id":3,"username":"finn""#))
        #expect(before[.etag] == #""t1.1~u3.0""#)
        #expect(after[.etag] == #""t1.1~u3.1""#)
        let held = try await forum.send(.get, path, held: after[.etag])
        #expect(held.status == 304)
        let edited = try await forum.send(
            .patch, path, as: "finn", #"{"title":"A better one"}"#, match: before[.etag])
        #expect(edited.status == 200)
    }

    @Test("moving takes a thread, its posts and its tags from one count to the other")
    func moved() async throws {
        let forum = try TopicsForum()
        _ = try await forum.send(
            .post, "/api/threads/categories", as: "simon", #"{"name":"Sea"}"#)
        let id = try await forum.start("Waves", as: "finn", #","tags":["calm"]"#)
        try await forum.hear((1...3).map { Post(id: $0, thread: id, number: $0) })
        let tag = try #require(try await forum.get("/api/threads/\(id)")[.etag])
        let answer = try await forum.send(
            .patch, "/api/threads/\(id)", as: "bubblegum", #"{"category":2}"#, match: tag)
        #expect(answer.status == 200)
        #expect(try answer.member("category") == #"{"id":2,"slug":"sea","name":"Sea"}"#)
        let fields = "?fields=threadCount,postCount"
        #expect(
            try await forum.get("/api/threads/categories/1\(fields)").text
                == #"{"threadCount":0,"postCount":0}"#)
        #expect(
            try await forum.get("/api/threads/categories/2\(fields)").text
                == #"{"threadCount":1,"postCount":3}"#)
        #expect(try await forum.ids("/api/threads?category=sea") == [id])
        #expect(try await forum.ids("/api/threads?category=general") == [])
    }

    @Test("a lock ends when it was to end, without anybody doing anything")
    func locked() async throws {
        let forum = try TopicsForum()
        let id = try await forum.start("Hot talk", as: "finn")
        let path = "/api/threads/\(id)"
        let until = #"{"reason":"cool down","until":"2026-01-01T01:00:00Z"}"#
        #expect(try await forum.send(.put, "\(path)/lock", as: "finn", until).status == 403)
        #expect(try await forum.send(.put, "\(path)/lock", until).status == 401)
        let locked = try await forum.send(.put, "\(path)/lock", as: "bubblegum", until)
        #expect(locked.status == 200)
        #expect(try locked.member("locked") == "true")
        #expect(try await forum.get(path, as: "finn").text.contains(#""canReply":false"#))
        let (one, list) = (try await forum.get(path), try await forum.get("/api/threads"))
        #expect(one.text.contains(#""locked":true"#))
        let event = try await forum.events().last
        #expect(event?.body.text.contains(#""lockedUntil":"2026-01-01T01:00:00.000Z""#) == true)
        forum.pass(milliseconds: 3_600_000)
        let after = try await forum.send(.get, path, held: one[.etag])
        #expect(after.status == 200)
        #expect(try after.member("locked") == "false")
        #expect(try after.member("version") == "2")
        let listed = try await forum.send(.get, "/api/threads", held: list[.etag])
        #expect(listed.status == 200)
        #expect(listed.text.contains(#""locked":false"#))
        let past = try await forum.send(.put, "\(path)/lock", as: "bubblegum", until)
        #expect(past.status == 422)
        #expect(try await forum.send(.put, "\(path)/lock", as: "bubblegum").status == 200)
        let open = try await forum.send(.delete, "\(path)/lock", as: "bubblegum")
        #expect(try open.member("locked") == "false")
    }

    @Test("the end of a lock is told once to services that have no clock for it")
    func ended() async throws {
        let forum = try TopicsForum()
        let id = try await forum.start("Hot talk", as: "finn")
        _ = try await forum.send(
            .put, "/api/threads/\(id)/lock", as: "bubblegum", #"{"until":"2026-01-01T01:00:00Z"}"#)
        #expect(try await forum.topics.endMarks() == 0)
        forum.pass(milliseconds: 3_600_000)
        #expect(try await forum.topics.endMarks() == 1)
        let event = try await forum.events().last
        #expect(event?.version == 3)
        #expect(event?.body.text.contains(#""locked":false,"lockedUntil":null"#) == true)
        #expect(try await forum.topics.endMarks() == 0)
    }

    @Test("a pin has a scope and an end, and a list of its own")
    func pinned() async throws {
        let forum = try TopicsForum()
        for title in ["One thread", "Two threads", "Three threads"] {
            try await forum.start(title)
        }
        let pin = #"{"scope":"global","until":"2026-01-01T01:00:00Z"}"#
        let answer = try await forum.send(.put, "/api/threads/2/pin", as: "bubblegum", pin)
        #expect(try answer.member("pinned") == #""global""#)
        #expect(try await forum.ids("/api/threads?pinned=1") == [2])
        let none = try await forum.send(
            .put, "/api/threads/2/pin", as: "bubblegum", #"{"scope":"none"}"#)
        #expect(none.status == 422)
        forum.pass(milliseconds: 3_600_000)
        #expect(try await forum.ids("/api/threads?pinned=1") == [])
        #expect(try await forum.get("/api/threads/2").member("pinned") == #""none""#)
    }

    @Test("what is deleted is gone for readers, there for moderators, and comes back whole")
    func deleted() async throws {
        let forum = try TopicsForum()
        let id = try await forum.start("Rubbish", as: "finn", #","tags":["bin"]"#)
        let path = "/api/threads/\(id)"
        try await forum.hear([
            Post(id: 1, thread: id, number: 1), Post(id: 2, thread: id, number: 2),
        ])
        #expect(try await forum.send(.delete, path, as: "finn").status == 403)
        let answer = try await forum.send(.delete, path, as: "bubblegum")
        #expect(try answer.member("state") == #""deleted""#)
        #expect(try await forum.get(path).status == 410)
        #expect(try await forum.get(path, as: "finn").status == 410)
        #expect(try await forum.get(path, as: "bubblegum").status == 200)
        #expect(try await forum.ids("/api/threads") == [])
        #expect(try await forum.ids("/api/threads/search?q=rubbish") == [])
        #expect(try await forum.get("/api/threads/tags").text == "[]")
        let counts = "/api/threads/categories/1?fields=threadCount,postCount"
        #expect(try await forum.get(counts).text == #"{"threadCount":0,"postCount":0}"#)
        let back = try await forum.send(.post, "\(path)/restore", as: "bubblegum")
        #expect(try back.member("state") == #""visible""#)
        #expect(try await forum.get(counts).text == #"{"threadCount":1,"postCount":2}"#)
        let again = try await forum.send(.post, "\(path)/restore", as: "bubblegum")
        #expect(again.status == 409)
    }

    @Test("an author may delete what nobody has replied to")
    func withdrawn() async throws {
        let forum = try TopicsForum()
        let id = try await forum.start("Never mind", as: "finn")
        try await forum.hear([Post(id: 1, thread: id, number: 1)])
        #expect(try await forum.send(.delete, "/api/threads/\(id)", as: "jake").status == 403)
        #expect(try await forum.send(.delete, "/api/threads/\(id)", as: "finn").status == 200)
    }

    @Test("purging leaves a number that is never given again, and no word in the feed")
    func purged() async throws {
        let forum = try TopicsForum()
        let id = try await forum.start("Secret name", as: "finn", #","text":"secret text""#)
        let path = "/api/threads/\(id)?purge=1"
        #expect(try await forum.send(.delete, path, as: "bubblegum").status == 403)
        #expect(try await forum.send(.delete, path, as: "simon").status == 204)
        #expect(try await forum.get("/api/threads/\(id)", as: "simon").status == 410)
        let events = try await forum.events()
        #expect(events.contains { $0.kind == "thread.purged" })
        #expect(!events.contains { $0.body.text.lowercased().contains("secret") })
        #expect(try await forum.ids("/api/threads/search?q=secret", as: "simon") == [])
        #expect(try await forum.start("The next one") == id + 1)
    }

    @Test("a tag is renamed, joined with another, and taken away everywhere at once")
    func tags() async throws {
        let forum = try TopicsForum()
        try await forum.start("One thread", as: "finn", #","tags":["cat"]"#)
        try await forum.start("Two threads", as: "finn", #","tags":["dog","cat"]"#)
        let path = "/api/threads/tags"
        let taken = try await forum.send(
            .patch, "\(path)/cat", as: "bubblegum", #"{"name":"dog"}"#)
        #expect(taken.status == 409)
        let renamed = try await forum.send(
            .patch, "\(path)/cat", as: "bubblegum", #"{"name":"Cats"}"#)
        #expect(renamed.text == #"{"name":"cats","count":2}"#)
        #expect(try await forum.get("/api/threads/1").member("tags") == #"["cats"]"#)
        #expect(try await forum.get("/api/threads/1").member("version") == "2")
        let merged = try await forum.send(
            .patch, "\(path)/cats", as: "bubblegum", #"{"mergeInto":"dog"}"#)
        #expect(merged.text == #"{"name":"dog","count":2}"#)
        #expect(try await forum.get("/api/threads/1").member("tags") == #"["dog"]"#)
        #expect(try await forum.get("/api/threads/2").member("tags") == #"["dog"]"#)
        #expect(try await forum.send(.delete, "\(path)/dog", as: "finn").status == 403)
        #expect(try await forum.send(.delete, "\(path)/dog", as: "bubblegum").status == 204)
        #expect(try await forum.get("/api/threads/2").member("tags") == "[]")
        #expect(try await forum.get(path).text == "[]")
    }

    @Test("renaming a tag tells nobody of a tag that only hidden threads have: it becomes that one")
    func hiddenTag() async throws {
        let forum = try TopicsForum()
        let made = try await forum.send(
            .post, "/api/threads/categories", as: "simon",
            #"{"name":"Vault","permissions":{"read":"admin","post":"admin"}}"#)
        #expect(made.status == 201)
        let vault = try #require(try made.member("id"))
        try await forum.start("Open", as: "finn", #","tags":["cat"]"#)
        try await forum.start("Shut", as: "simon", #","tags":["lion"],"category":\#(vault)"#)
        let path = "/api/threads/tags"
        for name in ["lion", "tiger"] {
            let tag = name == "lion" ? "cat" : "lion"
            let renamed = try await forum.send(
                .patch, "\(path)/\(tag)", as: "bubblegum", #"{"name":"\#(name)"}"#)
            #expect(renamed.status == 200)
            #expect(renamed.text == #"{"name":"\#(name)","count":1}"#)
            #expect(try await forum.get("/api/threads/1").member("tags") == #"["\#(name)"]"#)
        }
        #expect(try await forum.ids("/api/threads?tag=tiger", as: "simon") == [1, 2])
        #expect(try await forum.ids("/api/threads?tag=tiger", as: "bubblegum") == [1])
        // Who sees the other one is asked what they mean.
        try await forum.start("Shut, too", as: "simon", #","tags":["bear"],"category":\#(vault)"#)
        let asked = try await forum.send(
            .patch, "\(path)/tiger", as: "simon", #"{"name":"bear"}"#)
        #expect(asked.status == 409)
    }

    @Test("an answer is a visible post of the thread, marked by its author")
    func answered() async throws {
        let forum = try TopicsForum()
        let id = try await forum.start("Why?", as: "finn", #","kind":"question""#)
        try await forum.hear([
            Post(id: 8, thread: id, number: 2, user: 4), Post(id: 9, thread: 77, number: 1),
        ])
        let path = "/api/threads/\(id)/answer"
        #expect(try await forum.send(.put, path, as: "jake", #"{"post":8}"#).status == 403)
        #expect(try await forum.send(.put, path, as: "finn", #"{"post":9}"#).status == 422)
        let answer = try await forum.send(.put, path, as: "finn", #"{"post":8}"#)
        #expect(try answer.member("answer") == "8")
        let none = try await forum.send(.delete, path, as: "finn")
        #expect(try none.member("answer") == nil)
    }
}
