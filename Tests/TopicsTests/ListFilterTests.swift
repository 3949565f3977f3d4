import Fixture
import HTTP
import Testing

@Suite("Filters of lists")
struct ListFilterTests {
    private func forum(_ count: Int) async throws -> TopicsForum {
        let forum = try TopicsForum()
        for number in 1...count {
            try await forum.start("Thread \(number)", as: "jake")
            forum.pass(milliseconds: 60_000)
        }
        return forum
    }

    @Test("moderators list what is deleted; others are refused, and see it in no list")
    func states() async throws {
        let forum = try await forum(4)
        _ = try await forum.send(.delete, "/api/threads/2", as: "bubblegum")
        #expect(try await forum.ids("/api/threads?state=deleted", as: "bubblegum") == [2])
        #expect(try await forum.ids("/api/threads?state=deleted", as: "simon") == [2])
        #expect(try await forum.ids("/api/threads", as: "bubblegum") == [1, 3, 4])
        #expect(try await forum.ids("/api/threads?state=visible") == [1, 3, 4])
        for name in [nil, "finn", "jake"] as [String?] {
            #expect(try await forum.get("/api/threads?state=deleted", as: name).status == 403)
        }
        #expect(try await forum.get("/api/threads?state=purged", as: "simon").status == 400)
        _ = try await forum.send(.post, "/api/threads/2/restore", as: "bubblegum")
        #expect(try await forum.ids("/api/threads?state=deleted", as: "bubblegum") == [])
        #expect(try await forum.ids("/api/threads") == [1, 2, 3, 4])
    }

    @Test("the moderator of one category lists what is deleted there, and nowhere else")
    func ownState() async throws {
        let forum = try await forum(1)
        let body = #"{"name":"Sea","moderators":[4],"permissions":{"read":"moderator"}}"#
        _ = try await forum.send(.post, "/api/threads/categories", as: "simon", body)
        let id = try await forum.start("Waves", as: "jake", #","category":2"#)
        _ = try await forum.send(.delete, "/api/threads/\(id)", as: "jake")
        _ = try await forum.send(.delete, "/api/threads/1", as: "bubblegum")
        #expect(try await forum.ids("/api/threads?state=deleted", as: "jake") == [id])
        #expect(
            try await forum.ids("/api/threads?state=deleted&category=sea", as: "jake") == [id])
        let general = "/api/threads?state=deleted&category=general"
        #expect(try await forum.get(general, as: "jake").status == 403)
    }

    @Test("since= is the earliest moment of creation, in both directions and page by page")
    func since() async throws {
        let forum = try await forum(6)
        let target = "/api/threads?since=2026-01-01T00:02:30Z"
        #expect(try await forum.ids(target) == [6, 5, 4])
        #expect(try await forum.ids("\(target)&order=asc") == [4, 5, 6])
        let page = try await forum.get("\(target)&limit=2")
        let rest = try await forum.get(try #require(page.link("next")))
        #expect(try rest.ids == [4])
        #expect(rest.link("next") == nil)
        #expect(try await forum.get(try #require(rest.link("prev"))).text == page.text)
        #expect(try await forum.get("\(target)&sort=id").status == 400)
        #expect(try await forum.get("/api/threads?since=yesterday").status == 400)
    }

    @Test("watching= and unread= are lists of one reader, kept by nobody and never stale")
    func followed() async throws {
        let forum = try await forum(4)
        for (id, level) in [(1, "watching"), (3, "tracking"), (4, "watching"), (2, "muted")] {
            _ = try await forum.send(
                .put, "/api/threads/\(id)/subscription", as: "finn", #"{"level":"\#(level)"}"#)
        }
        let watching = "/api/threads?watching=1&fields=id"
        #expect(try await forum.ids(watching, as: "finn") == [1, 4])
        #expect(try await forum.ids(watching, as: "jake") == [])
        #expect(try await forum.get(watching).status == 401)
        try await forum.hear([
            Post(id: 1, thread: 3, number: 1), Post(id: 2, thread: 4, number: 1),
        ])
        let unread = "/api/threads?unread=1&fields=id"
        let list = try await forum.get(unread, as: "finn")
        #expect(try list.ids == [3, 4])
        #expect(list[.cacheControl] == "private, no-store")
        #expect(try await forum.ids("\(unread)&watching=1", as: "finn") == [4])
        #expect(try await forum.send(.get, unread, as: "finn", held: list[.etag]).status == 304)
        _ = try await forum.send(.put, "/api/threads/3/read", as: "finn", #"{"upTo":1}"#)
        let after = try await forum.send(.get, unread, as: "finn", held: list[.etag])
        #expect(after.status == 200)
        #expect(try after.ids == [4])
    }

    @Test("a list says how its reader stands to each thread; a guest's and a narrow one do not")
    func standing() async throws {
        let forum = try await forum(2)
        try await forum.hear([Post(id: 1, thread: 2, number: 1), Post(id: 2, thread: 2, number: 2)])
        _ = try await forum.send(.put, "/api/threads/2/read", as: "finn", #"{"upTo":1}"#)
        let list = try await forum.get("/api/threads?fields=id,me", as: "finn")
        #expect(
            list.text == #"[{"id":1,"me":{"subscription":"normal","readUpTo":0,"unread":0,"#
                + #""canReply":true,"canEdit":false,"canModerate":false}},"#
                + #"{"id":2,"me":{"subscription":"normal","readUpTo":1,"unread":1,"#
                + #""canReply":true,"canEdit":false,"canModerate":false}}]"#)
        #expect(list[.cacheControl] == "private, no-store")
        let whole = try await forum.get("/api/threads", as: "jake")
        #expect(whole.text.contains(#""canEdit":true"#))
        #expect(
            try await forum.send(.get, "/api/threads", as: "jake", held: whole[.etag]).status == 304
        )
        let moderators = try await forum.get("/api/threads", as: "bubblegum")
        #expect(moderators.text.contains(#""canModerate":true"#))
        #expect(!(try await forum.get("/api/threads").text.contains(#""me":"#)))
        #expect(
            !(try await forum.get("/api/threads?view=card", as: "finn").text.contains(#""me":"#)))
    }
}
