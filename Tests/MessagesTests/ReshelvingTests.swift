import Bytes
import Fixture
import HTTP
import MessagesAPI
import SQLite
import Search
import Testing

@testable import MessagesService

@Suite("Threads whose readers become others", .timeLimit(.minutes(5)))
struct ReshelvingTests {
    /// A thread with more posts than are put elsewhere at once, every tenth of them deleted.
    private func forum() async throws -> SignedForum {
        let forum = try SignedForum()
        try await forum.followThreads()
        try await forum.takeThread(1)
        try await forum.takeThread(2)
        try await forum.takeUser(4, "ada")
        try await forum.store.write { transaction in
            for number in 1...1_300 {
                let thread = number % 13 == 0 ? 2 : 1
                _ = try Messages.add(
                    .init(thread: .init(Int64(thread)), text: "common @ada", user: .init(4)),
                    transaction)
            }
        }
        for id in stride(from: 10, through: 1_300, by: 100) {
            _ = try await forum.send(.delete, "/api/posts/\(id)", as: "4")
        }
        return forum
    }

    private func count(
        _ target: String, _ forum: SignedForum, as viewer: String? = nil
    ) async throws -> Int {
        var count = 0
        var next: String? = "\(target)?limit=200&fields=id,thread"
        while let link = next {
            let answer = try await forum.get(link, as: viewer)
            count += answer.text.ranges(of: #""thread":1}"#).count
            next = answer.link("next")
        }
        return count
    }

    @Test("show nothing of what was hidden from the first moment on, and all of it again later")
    func hidden() async throws {
        let forum = try await forum()
        let lists = ["/api/posts", "/api/posts/by-user/4", "/api/posts/in-thread/1"]
        let shown = try await count("/api/posts", forum)
        #expect(shown == 1_188)
        try await forum.takeThread(1, version: 2, #","visibility":"hidden""#)
        for list in lists + ["/api/posts/mentions"] {
            #expect(try await count(list, forum, as: "4") == 0)
        }
        let search = try await forum.get("/api/posts/search?q=common&limit=50", as: "4")
        #expect(!search.text.contains(#""thread":1,"#))
        let other = try await forum.get("/api/posts?limit=200&fields=id")
        #expect(other.text.ranges(of: "\"id\"").count == 99)
        while try await forum.messages.continueChores() {}
        for list in lists {
            #expect(try await count(list, forum) == 0)
            #expect(try await count(list, forum, as: "9:moderator") == 1_200)
        }
        try await forum.store.write { try $0.run(SearchIndex.check) }
        try await forum.takeThread(1, version: 3)
        #expect(try await count("/api/posts/in-thread/1", forum) == shown)
        while try await forum.messages.continueChores() {}
        for list in lists + ["/api/posts/mentions"] {
            #expect(try await count(list, forum, as: "4") == shown)
        }
        try await forum.store.write { try $0.run(SearchIndex.check) }
        let found = try await forum.get("/api/posts/search?q=common&thread=1&limit=50")
        #expect(found.text.ranges(of: #""thread":1,"#).count == 50)
    }

    @Test("are gone through again from the start when they change meanwhile")
    func again() async throws {
        let forum = try await forum()
        try await forum.takeThread(1, version: 2, #","visibility":"hidden""#)
        _ = try await forum.messages.continueChores()
        try await forum.takeThread(1, version: 3)
        try await forum.takeThread(1, version: 4, #","readRole":"member""#)
        while try await forum.messages.continueChores() {}
        #expect(try await count("/api/posts", forum) == 0)
        #expect(try await count("/api/posts", forum, as: "5") == 1_188)
        #expect(try await count("/api/posts/mentions", forum, as: "4") == 1_188)
    }
}
