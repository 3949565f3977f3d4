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

    private enum Before {
        static let category = Query<Void, Void>(
            """
            INSERT INTO categories (id, slug, name, description, color, position, read_own, post_own,
                reply_own, moderate_level, read_level, post_level, reply_level, version)
            VALUES (2, 'hidden', 'Hidden', '', '#888', 1, 2, 2, 2, 2, 2, 2, 2, 1)
            """)
        static let topics = Query<Void, Void>(
            """
            INSERT INTO topics (id, title, created_by, slug, created_at, updated_at, version,
                category, state, activity, hot, serial, tag_count)
            VALUES (1, 'The heron', 4, 'the-heron', 100, 100, 1, 1, 'visible', 2, 100, 1, 1),
                (2, 'Boats', 3, 'boats', 90, 90, 1, 2, 'visible', 1, 90, 2, 1),
                (3, 'Kayaks', 3, 'kayaks', 110, 110, 1, 1, 'deleted', 3, 110, 3, 0)
            """)
        static let tag = Query<Void, Void>("INSERT INTO tags (id, name) VALUES (1, 'water')")
        static let tags = Query<Void, Void>(
            "INSERT INTO topic_tags (tag, topic, position) VALUES (1, 1, 0), (1, 2, 0)")
        static let words = Query<Void, Void>(
            """
            INSERT INTO topic_search (rowid, title, opening)
            VALUES (1, 'The heron', 'it sat there'), (2, 'Boats', ''), (3, 'Kayaks', '')
            """)
    }

    @Test("one from before lists were by who sees them has them all, and every word")
    func bands() async throws {
        let folder = TemporaryFolder()
        let old = try Store(
            path: folder.file("topics.sqlite"), migrations: Array(Topics.schema.prefix(5)))
        try await old.write { transaction in
            try transaction.run(Before.category)
            try transaction.run(Before.topics)
            try transaction.run(Before.tag)
            try transaction.run(Before.tags)
            try transaction.run(Before.words)
        }
        await old.close()
        let forum = try TopicsForum(folder: folder)
        for target in ["?sort=hot", "?sort=activity", "?tag=water", "?tag=water&sort=activity"] {
            #expect(try await forum.ids("/api/threads\(target)") == [1])
            let all = try await forum.ids("/api/threads\(target)", as: "bubblegum")
            #expect(all.sorted() == [1, 2])
        }
        #expect(try await forum.ids("/api/threads?state=deleted", as: "bubblegum") == [3])
        #expect(try await forum.ids("/api/threads/search?q=sat") == [1])
        #expect(try await forum.ids("/api/threads/search?q=boats") == [])
        let tag = try #require(try await forum.get("/api/threads/1")[.etag])
        let renamed = try await forum.send(
            .patch, "/api/threads/1", as: "bubblegum", #"{"title":"The crane"}"#, match: tag)
        #expect(renamed.status == 200)
        #expect(try await forum.ids("/api/threads/search?q=heron") == [])
        #expect(try await forum.ids("/api/threads/search?q=sat") == [1])
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
