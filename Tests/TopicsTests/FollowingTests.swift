import Fixture
import HTTP
import Testing

@Suite("Following threads")
struct FollowingTests {
    private func forum() async throws -> TopicsForum {
        let forum = try TopicsForum()
        for number in 1...3 {
            let id = try await forum.start("Thread \(number)", as: "jake", #","tags":["t"]"#)
            try await forum.hear(
                (1...4).map { Post(id: id * 10 + $0, thread: id, number: $0, user: 4) })
        }
        return forum
    }

    @Test("a reading mark only grows, and not beyond the last message")
    func marks() async throws {
        let forum = try await forum()
        let path = "/api/threads/1/read"
        let read = { (number: Int) in
            try await forum.send(.put, path, as: "finn", #"{"upTo":\#(number)}"#)
        }
        #expect(try await read(3).text == #"{"readUpTo":3,"unread":1}"#)
        #expect(try await read(1).text == #"{"readUpTo":3,"unread":1}"#)
        #expect(try await read(5).status == 422)
        let me = try await forum.get("/api/threads/1", as: "finn").member("me")
        #expect(
            me == #"{"subscription":"normal","readUpTo":3,"unread":1,"canReply":true,"#
                + #""canEdit":false,"canModerate":false}"#)
        #expect(try await forum.get("/api/threads/1").member("me") == nil)
        #expect(try await forum.send(.put, path, #"{"upTo":1}"#).status == 401)
    }

    @Test("what is watched and has something new is unread until it is read")
    func unread() async throws {
        let forum = try await forum()
        for id in [1, 3] {
            let answer = try await forum.send(
                .put, "/api/threads/\(id)/subscription", as: "finn", #"{"level":"watching"}"#)
            #expect(answer.text == #"{"level":"watching"}"#)
        }
        #expect(try await forum.ids("/api/threads/unread", as: "finn") == [1, 3])
        _ = try await forum.send(.put, "/api/threads/1/read", as: "finn", #"{"upTo":4}"#)
        #expect(try await forum.ids("/api/threads/unread", as: "finn") == [3])
        let all = try await forum.send(
            .put, "/api/threads/read", as: "finn", #"{"before":"2026-01-02T00:00:00Z"}"#)
        #expect(all.status == 204)
        #expect(try await forum.ids("/api/threads/unread", as: "finn") == [])
        try await forum.hear([Post(id: 99, thread: 1, number: 5, user: 4)])
        #expect(try await forum.ids("/api/threads/unread", as: "finn") == [1])
        #expect(try await forum.get("/api/threads/unread").status == 401)
    }

    @Test("threads, categories and tags can be followed, and left again")
    func subscriptions() async throws {
        let forum = try await forum()
        let targets = ["/api/threads/2", "/api/threads/categories/general", "/api/threads/tags/t"]
        for target in targets {
            let answer = try await forum.send(
                .put, "\(target)/subscription", as: "finn", #"{"level":"tracking"}"#)
            #expect(answer.status == 200, "\(answer.text)")
        }
        let list = try await forum.get("/api/threads/subscriptions", as: "finn")
        #expect(
            list.text == #"[{"kind":"category","target":1,"level":"tracking"},"#
                + #"{"kind":"tag","target":1,"level":"tracking"},"#
                + #"{"kind":"thread","target":2,"level":"tracking"}]"#)
        let page = try await forum.get("/api/threads/subscriptions?limit=2", as: "finn")
        let rest = try await forum.get(try #require(page.link("next")), as: "finn")
        #expect(rest.text == #"[{"kind":"thread","target":2,"level":"tracking"}]"#)
        for target in targets {
            let answer = try await forum.send(.delete, "\(target)/subscription", as: "finn")
            #expect(answer.status == 204)
        }
        #expect(try await forum.get("/api/threads/subscriptions", as: "finn").text == "[]")
        let unknown = try await forum.send(
            .put, "/api/threads/99/subscription", as: "finn", #"{"level":"watching"}"#)
        #expect(unknown.status == 404)
    }
}
