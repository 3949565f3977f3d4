import Fixture
import HTTP
import SQLite
import Testing
import TopicsService

@Suite("A store of topics from before there were categories")
struct UpgradeTests {
    private enum Old {
        static let rows = Query<Void, Void>(
            """
            INSERT INTO topics (id, title, created_by, slug, created_at, updated_at, version)
            VALUES (1, 'The heron', 4, 'the-heron', 100, 100, 1), (2, 'Boats', 3, 'boats', 90, 90, 1),
                (5, 'Kayaks', 3, 'kayaks', 110, 110, 1)
            """)
    }

    @Test("its threads are in the general category, counted, sorted and found")
    func upgraded() async throws {
        let folder = TemporaryFolder()
        let old = try Store(
            path: folder.file("topics.sqlite"), migrations: Array(Topics.schema.prefix(2)))
        try await old.write { try $0.run(Old.rows) }
        await old.close()
        let forum = try TopicsForum(folder: folder)
        #expect(try await forum.ids("/api/threads?category=general") == [1, 2, 5])
        #expect(try await forum.get("/api/threads/categories/1").member("threadCount") == "3")
        #expect(try await forum.ids("/api/threads?sort=created") == [5, 1, 2])
        #expect(try await forum.ids("/api/threads?sort=hot") == [5, 1, 2])
        #expect(try await forum.ids("/api/threads/search?q=heron") == [1])
        #expect(try await forum.start("A new one") == 6)
        #expect(try await forum.ids("/api/threads?sort=activity") == [6, 5, 2, 1])
    }
}
