import Bytes
import Fixture
import HTTP
import Outbox
import Records
import SQLite
import Synchronization
import Testing

@testable import MessagesService

@Suite("Users without a card")
struct MissingCardTests {
    private func settle(_ forum: SignedForum) async throws {
        while try await forum.messages.continueChores() {}
    }

    @Test("somebody whose card the projector missed becomes known when they are shown")
    func known() async throws {
        let directory = UserDirectory(last: 5_000)
        let forum = try SignedForum(users: directory)
        for user in [4, 7, 4_000] { try await forum.write("text", as: "\(user)") }
        let unknown = try await forum.get("/api/posts?fields=author")
        let tag = try #require(unknown[.etag])
        #expect(unknown.text.contains(#""username":"user-7""#))
        #expect(unknown.text.contains(#""state":"unknown""#))
        try await settle(forum)
        let known = try await forum.get("/api/posts?fields=author")
        #expect(!known.text.contains("unknown"))
        #expect(known.text.contains(#""username":"name4000""#))
        let again = try await forum.send(.get, "/api/posts?fields=author", noneMatch: tag)
        #expect(again.status == 200)
        // One snapshot for the neighbours, one for who lies apart.
        #expect(directory.asked == [3, 3_999])
        // A newer card stays.
        try await forum.takeUser(4, "renamed", version: 4)
        _ = try await forum.get("/api/posts")
        try await settle(forum)
        #expect(try await forum.get("/api/posts/1").text.contains("renamed"))
    }

    @Test("a number that is nobody's is asked for once, not with every page")
    func nobody() async throws {
        let directory = UserDirectory(last: 2)
        let forum = try SignedForum(users: directory)
        try await forum.write("text", as: "99")
        for _ in 1...3 {
            _ = try await forum.get("/api/posts")
            try await settle(forum)
        }
        #expect(directory.asked == [98])
        #expect(try await forum.get("/api/posts").text.contains("user-99"))
    }

    @Test("more than fit one turn come with the next, and no queue grows without end")
    func bounded() async throws {
        let directory = UserDirectory(last: 1 << 40)
        let folder = TemporaryFolder()
        let store = try Store(
            path: folder.file("m.sqlite"), migrations: Messages.schema)
        let now = Mutex<Int64>(0)
        let clock = FeedClock(now: { now.withLock { $0 } }, sleep: { _ in })
        let missing = MissingCards(store, from: directory, clock: clock) { _ in }
        missing.note((1...20).map { Int64($0) * 10_000 })
        missing.note((1...20).map { Int64($0) * 10_000 })
        #expect(missing.count == 20)
        #expect(try await missing.fetch() == 8)
        #expect(missing.count == 12)
        #expect(try await missing.fetch() == 8)
        #expect(try await missing.fetch() == 4)
        #expect(missing.count == 0)
        missing.note((1...5_000).map { Int64($0) * 1_000_000 })
        #expect(missing.count == 1_000)
        directory.isDown = true
        await #expect(throws: UserDirectory.Down.self) { try await missing.fetch() }
        directory.isDown = false
        missing.note([1_000_000])
        #expect(missing.count == 0)
        now.withLock { $0 = 60_000 }
        missing.note([1_000_000])
        #expect(try await missing.fetch() == 1)
    }
}
