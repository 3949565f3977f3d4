import Bytes
import Fixture
import HTTP
import MessagesAPI
import Outbox
import SQLite
import Search
import Testing
import TopicsAPI
import UsersAPI

@testable import MessagesService

@Suite("Searching messages")
struct MessageSearchTests {
    private func found(
        _ query: String, _ forum: SignedForum, as token: String? = nil
    ) async throws -> String {
        try await forum.get("/api/posts/search?fields=id&q=\(query)", as: token).text
    }

    @Test("a post is found by its words, with the place shown, as long as they stand there")
    func words() async throws {
        let forum = try SignedForum()
        try await forum.write("the <toaster> trips the fuse", as: "4")
        try await forum.write("nothing to see", in: 2, as: "5")
        let answer = try await forum.get("/api/posts/search?q=FUSE")
        #expect(answer.text.contains(#""id":1,"thread":1,"user":4"#))
        #expect(answer.text.contains("&lt;toaster&gt; trips the <mark>fuse</mark>"))
        _ = try await forum.send(
            .patch, "/api/posts/1", as: "4", match: "*", #"{"text":"the lamp"}"#)
        #expect(try await found("fuse", forum) == "[]")
        #expect(try await found("lamp", forum) == #"[{"id":1}]"#)
        #expect(try await found("lamp&thread=2", forum) == "[]")
        #expect(try await found("lamp&user=4&after=2025-01-01T00:00:00Z", forum) != "[]")
        #expect(try await found("lamp&before=2025-01-01T00:00:00Z", forum) == "[]")
        #expect(try await forum.get("/api/posts/search?q=-lamp").status == 422)
        #expect(try await forum.get("/api/posts/search").status == 422)
    }

    @Test("common words that never meet are looked for until some bound, and the answer says so")
    func partial() async throws {
        let forum = try SignedForum()
        try await forum.write("the toaster", as: "4")
        let path = "/api/posts/search?q="
        let whole = try await forum.get("\(path)odd%20even")
        #expect(whole.text == "[]" && whole["Forum-Partial"] == nil)
        // Words alone are enough: of what matches nothing, no row is read.
        try await forum.store.write { try $0.run(Self.words, 400_000) }
        let partial = try await forum.get("\(path)odd%20even")
        #expect(partial.text == "[]" && partial["Forum-Partial"] == "?1")
        let found = try await forum.get("\(path)toaster")
        #expect(found.text.contains(#""id":1"#) && found["Forum-Partial"] == nil)
    }

    private static let words = Query<Int64, Void>(
        """
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
        INSERT INTO search (rowid, title, text)
        SELECT i + 1000, '', iif(i % 2, 'odd', 'even') FROM n
        """)

    @Test("deleted, purged and erased posts are found by nobody, restored ones again")
    func gone() async throws {
        let forum = try SignedForum()
        for _ in 1...3 { try await forum.write("needle", as: "4") }
        _ = try await forum.send(.delete, "/api/posts/1", as: "4")
        _ = try await forum.send(.delete, "/api/posts/2?purge=1", as: "1:admin")
        #expect(try await found("needle", forum, as: "9:moderator") == #"[{"id":3}]"#)
        _ = try await forum.send(.post, "/api/posts/1/restore", as: "4")
        #expect(try await found("needle", forum) == #"[{"id":3},{"id":1}]"#)
        try await forum.take(
            .fact("user.deleted", key: .number(4), body: #"{"id":4,"mode":"erase"}"#),
            from: "users")
        while try await forum.messages.continueChores() {}
        #expect(try await found("needle", forum) == "[]")
        try await forum.store.write { try $0.run(SearchIndex.check) }
    }

    @Test("a post of a hidden thread is found by those who may read it alone")
    func hidden() async throws {
        let forum = try SignedForum()
        try await forum.takeThread(1)
        try await forum.takeThread(2, #","visibility":"hidden""#)
        try await forum.write("needle", in: 1, as: "4")
        try await forum.write("needle", in: 2, as: "9:moderator")
        #expect(try await found("needle", forum, as: "4") == #"[{"id":1}]"#)
        #expect(try await found("needle", forum, as: "9:moderator").contains(#"{"id":2}"#))
    }

    @Test("the index fits the messages whatever became of them")
    func exact() async throws {
        let forum = try SignedForum()
        try await forum.takeUser(7, "finn")
        try await forum.write("one @finn", as: "4")
        try await forum.write("two", as: "7", replyTo: 1)
        _ = try await MessageLoader(store: forum.store).load(
            (1...250).map {
                MessageLine(new: .init(thread: .init(1), text: "load \($0)", user: .init(7)))
            })
        _ = try await forum.send(.delete, "/api/posts/100", as: "7")
        _ = try await forum.send(
            .patch, "/api/posts/101", as: "7", match: "*", #"{"text":"changed before the walk"}"#)
        while try await forum.messages.continueChores() {}
        #expect(try await found("load%20150", forum) == #"[{"id":152}]"#)
        _ = try await forum.send(.post, "/api/posts/100/restore", as: "7")
        try await forum.take(
            .fact("user.deleted", key: .number(7), body: #"{"id":7,"mode":"anonymize"}"#),
            from: "users")
        while try await forum.messages.continueChores() {}
        #expect(try await found("finn", forum) == "[]")
        try await forum.store.write { try $0.run(SearchIndex.check) }
    }
}
