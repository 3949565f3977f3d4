import Fixture
import HTTP
import Testing
import TopicsService

@Suite("Authors without a card")
struct MissingCardTests {
    @Test("somebody unknown who is shown beside a thread is asked for, with everybody else on it")
    func known() async throws {
        let directory = UserDirectory(last: 500)
        let forum = try TopicsForum(users: directory)
        try await forum.start("One", as: "finn")
        try await forum.start("Two", as: "jake")
        try await forum.hear([Post(id: 1, thread: 1, number: 2, user: 400)])
        let unknown = try await forum.get("/api/threads")
        #expect(unknown.text.contains("user-3") && unknown.text.contains("user-400"))
        #expect(try await forum.topics.fetchCards() == 3)
        #expect(directory.asked == [2, 399])
        let tag = try #require(unknown[.etag])
        let known = try await forum.send(.get, "/api/threads", held: tag)
        #expect(known.status == 200)
        #expect(!known.text.contains("unknown") && known.text.contains(#""username":"name400""#))
        #expect(try await forum.topics.fetchCards() == 0)
    }

    @Test(
        "a thread, a list and a search ask for who is unknown; choosing other members asks nobody",
        arguments: [
            ("/api/threads/1", [2]), ("/api/threads?sort=activity", [2]),
            ("/api/threads/search?q=strange", [2]), ("/api/threads/unread", [2]),
            ("/api/threads/1?fields=id,title", []), ("/api/threads?fields=id,createdBy", []),
        ] as [(String, [Int64])])
    func asked(target: String, asked: [Int64]) async throws {
        let directory = UserDirectory(last: 9)
        let forum = try TopicsForum(users: directory)
        try await forum.start("A strange thread", as: "finn")
        _ = try await forum.send(
            .put, "/api/threads/1/subscription", as: "finn", #"{"level":"watching"}"#)
        try await forum.hear([Post(id: 1, thread: 1, number: 2)])
        #expect(try await forum.get(target, as: "finn").status == 200)
        _ = try await forum.topics.fetchCards()
        #expect(directory.asked == asked)
    }

    @Test("while the users service is down, everything is answered, and it is asked once a minute")
    func down() async throws {
        let directory = UserDirectory(last: 9)
        directory.isDown = true
        let forum = try TopicsForum(users: directory)
        try await forum.start("One")
        #expect(try await forum.get("/api/threads").text.contains("user-3"))
        await #expect(throws: UserDirectory.Down.self) { try await forum.topics.fetchCards() }
        #expect(try await forum.get("/api/threads").status == 200)
        #expect(try await forum.topics.fetchCards() == 0)
    }
}
