import SQLite
import Search
import Testing

@Suite("What a search may cost")
struct SearchBudgetTests {
    /// Books by number: `odd` and `even` take turns, `common` is in all, `rare` in the first.
    private func library(_ count: Int64) async throws -> Library {
        let library = try Library()
        try await library.store.write { transaction in
            try transaction.run(Self.fill, count)
            try transaction.run(SearchIndex.rebuild)
        }
        return library
    }

    private struct Found {
        let rows: [Int64]
        let isPartial: Bool
    }

    private func find(_ text: String, _ library: Library, rows: Int64 = 10) throws -> Found {
        let query = try SearchQuery(text)
        return try library.store.read { connection in
            let budget = query.budget()
            let found = try connection.all(
                Self.newest, query.expression, rows, within: budget)
            return Found(rows: found, isPartial: budget.isSpent)
        }
    }

    private static let neverMeeting = ["odd even", "\"common even\"", "common odd even -nowhere"]

    @Test("in a small store common words that never meet are looked for in all of it")
    func small() async throws {
        let library = try await library(20_000)
        for text in Self.neverMeeting {
            let found = try find(text, library)
            #expect(found.rows.isEmpty && !found.isPartial, "\(text)")
        }
    }

    @Test("in a large one they are given up, and whatever meets, or is rare, is found whole")
    func large() async throws {
        let library = try await library(500_000)
        for text in Self.neverMeeting {
            let found = try find(text, library)
            #expect(found.rows.isEmpty && found.isPartial, "\(text)")
        }
        for text in ["rare", "rare common", "rare odd", "nowhere", "nowhere common", "ra*"] {
            let found = try find(text, library)
            #expect(found.rows == (text.hasPrefix("ra") ? [1] : []), "\(text)")
            #expect(!found.isPartial, "\(text)")
        }
        let newest = try find("common odd", library, rows: 1_000)
        #expect(newest.rows == (0..<1_000).map { 499_999 - 2 * $0 })
        #expect(!newest.isPartial)
    }

    private static let fill = Query<Int64, Void>(
        """
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
        INSERT INTO books (id, title, text, on_shelf)
        SELECT i, '', iif(i % 2, 'odd common', 'even common') || iif(i = 1, ' rare', ''), 1 FROM n
        """)
    private static let newest = Query<(String, Int64), Int64>(
        "SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid DESC LIMIT ?2"
    ) { $0.int64(0) }
}
