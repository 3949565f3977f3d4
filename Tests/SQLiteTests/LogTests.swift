import Fixture
import SQLite
import Testing

@Suite("The write-ahead log")
struct LogTests {
    private enum Queries {
        static let create = Query<Void, Void>("CREATE TABLE filler (bytes BLOB NOT NULL)")
        static let fill = Query<Int, Void>("INSERT INTO filler (bytes) VALUES (zeroblob(?1))")
    }

    /// The pages in the log after each of `count` commits that write about so many pages.
    private func lengths(_ store: Store, commits count: Int, pages: Int) async throws -> [Int] {
        var lengths: [Int] = []
        for _ in 0..<count {
            try await store.write { try $0.run(Queries.fill, pages * 4_096) }
            lengths.append(store.statistics.logPages)
        }
        return lengths
    }

    @Test("is copied after a few large commits or a thousand pages of small ones, whatever is more")
    func lengths() async throws {
        let folder = TemporaryFolder()
        let store = try Store(path: folder.file("log.sqlite"), migrations: [])
        try await store.write { try $0.run(Queries.create) }
        let large = try await lengths(store, commits: 24, pages: 400)
        #expect((2_000...4_000).contains(large.max() ?? 0), "\(large)")
        let small = try await lengths(store, commits: 120, pages: 40)
        #expect((900...1_400).contains(small.suffix(60).max() ?? 0), "\(small)")
        await store.close()
    }
}
