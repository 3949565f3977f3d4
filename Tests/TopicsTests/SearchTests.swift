import Fixture
import HTTP
import SQLite
import Testing

@Suite("Searching threads")
struct SearchTests {
    private func forum() async throws -> TopicsForum {
        let forum = try TopicsForum()
        try await forum.start("The heron of the harbour", as: "finn", #","tags":["birds"]"#)
        try await forum.start("Boats", as: "jake", #","text":"a heron <b>sat</b> on my boat""#)
        try await forum.start("Über Grüße", as: "jake")
        return forum
    }

    @Test("a title counts more than a text; what was found is marked, all else is escaped")
    func found() async throws {
        let forum = try await forum()
        let answer = try await forum.get("/api/threads/search?q=heron")
        #expect(try await forum.ids("/api/threads/search?q=heron") == [1, 2])
        #expect(answer.text.contains(#""snippet":"The <mark>heron</mark> of the harbour""#))
        #expect(answer.text.contains("a <mark>heron</mark> &lt;b&gt;sat&lt;/b&gt; on my boat"))
    }

    @Test("words are found whatever their case and accents, and by their beginning before a star")
    func folded() async throws {
        let forum = try await forum()
        #expect(try await forum.ids("/api/threads/search?q=HARB*") == [1])
        #expect(try await forum.ids("/api/threads/search?q=uber%20gru*") == [3])
        #expect(try await forum.ids("/api/threads/search?q=heron%20boat") == [2])
        #expect(try await forum.ids("/api/threads/search?q=heron&tag=birds") == [1])
        #expect(try await forum.ids("/api/threads/search?q=heron&author=4") == [2])
    }

    @Test("nothing of the index's own language gets through")
    func hostile() async throws {
        let forum = try await forum()
        for query in ["heron%22", "title%3Aheron", "heron%20OR%20boats", "NEAR(heron)", "he*ron"] {
            #expect(try await forum.get("/api/threads/search?q=\(query)").status == 200)
        }
        #expect(try await forum.ids("/api/threads/search?q=heron%20OR%20boats") == [])
        for query in ["", "%22%22", "---", "-heron"] {
            #expect(try await forum.get("/api/threads/search?q=\(query)").status == 422)
        }
        #expect(forum.unexpectedErrors == [])
    }

    @Test("an edited title is found by its new words alone")
    func edited() async throws {
        let forum = try await forum()
        let tag = try #require(try await forum.get("/api/threads/1")[.etag])
        _ = try await forum.send(
            .patch, "/api/threads/1", as: "finn", #"{"title":"The crane"}"#, match: tag)
        #expect(try await forum.ids("/api/threads/search?q=crane") == [1])
        #expect(try await forum.ids("/api/threads/search?q=heron") == [2])
    }

    @Test("common words that never meet are looked for until some bound, and the answer says so")
    func partial() async throws {
        let forum = try await forum()
        let path = "/api/threads/search?q="
        let whole = try await forum.get("\(path)odd%20even")
        #expect(whole.text == "[]" && whole["Forum-Partial"] == nil)
        // Words alone are enough: of what matches nothing, no row is read.
        try await forum.store.write { try $0.run(Self.words, 400_000) }
        let partial = try await forum.get("\(path)odd%20even")
        #expect(partial.text == "[]" && partial["Forum-Partial"] == "?1")
        let found = try await forum.get("\(path)heron")
        #expect(try found.ids == [1, 2] && found["Forum-Partial"] == nil)
    }

    private static let words = Query<Int64, Void>(
        """
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
        INSERT INTO search (rowid, title, text, place)
        SELECT i + 1000, '', iif(i % 2, 'odd', 'even'), 'b0' FROM n
        """)
}
