import Bytes
import Fixture
import HTTP
import Outbox
import Testing
import TopicsService

@Suite("Locks that the messages service asks for")
struct LockAskedTests {
    private func asked(_ topic: Int, _ key: String) -> Event {
        let body = #"{"thread":\#(topic),"by":9,"reason":"spam"}"#
        return .fact("post.lock-asked", key: .text(key), body: ByteString(body))
    }

    @Test("are set once for each time they are asked, whoever unlocks in between")
    func once() async throws {
        let forum = try TopicsForum()
        let id = try await forum.start("Hello")
        func isLocked() async throws -> String? {
            try await forum.get("/api/threads/\(id)").member("locked")
        }
        try await forum.project("posts", [asked(id, "flag:1:5")])
        #expect(try await isLocked() == "true")
        let told = try await forum.events()
        #expect(told.contains { $0.body.text.contains(#""locked":true"#) })
        _ = try await forum.send(.delete, "/api/threads/\(id)/lock", as: "bubblegum")
        #expect(try await isLocked() == "false")
        try await forum.project("posts", [asked(id, "flag:1:5")])
        #expect(try await isLocked() == "false")
        try await forum.project("posts", [asked(id, "flag:2:6"), asked(99, "flag:3:7")])
        #expect(try await isLocked() == "true")
    }
}
