import Fixture
import HTTP
import SQLite

/// A forum with many threads of which its readers see few: those of every tenth number among the
/// oldest fifth. All others are behind, in categories that are hidden, or deleted.
struct LargeForum {
    let forum: TopicsForum
    /// Sees what moderators see.
    let hidden: Int
    /// Moderated by jake, hidden from other members.
    let backroom: Int

    init(threads: Int) async throws {
        forum = try TopicsForum()
        hidden = try await forum.hiddenCategory()
        let body = #"{"name":"Backroom","permissions":{"read":"admin"},"moderators":[4]}"#
        _ = try await forum.send(.post, "/api/threads/categories", as: "simon", body)
        backroom = hidden + 1
        let (hidden, backroom) = (Int64(hidden), Int64(backroom))
        try await forum.store.write { transaction in
            try transaction.run(Fill.tag)
            try transaction.run(Fill.topics, Int64(threads), hidden, backroom)
            try transaction.run(Fill.bands)
            try transaction.run(Fill.tags)
            try transaction.run(Fill.words)
            try transaction.run(Fill.counts)
            try transaction.run(Fill.activity, Int64(threads))
        }
    }

    /// Steps of SQLite and pages of the file that one answer costs.
    func cost(_ target: String, as name: String?) async throws -> (answer: Answer, steps: Int) {
        let (steps, pages) = try forum.store.read { ($0.stepsTaken, $0.pagesTouched) }
        let answer = try await forum.get(target, as: name)
        let after = try forum.store.read { ($0.stepsTaken, $0.pagesTouched) }
        return (answer, after.0 - steps + after.1 - pages)
    }

    private enum Fill {
        static let tag = Query<Void, Void>("INSERT INTO tags (id, name) VALUES (1, 'common')")
        /// how many, a hidden category, another
        static let topics = Query<(Int64, Int64, Int64), Void>(
            """
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
            INSERT INTO topics (id, title, created_by, slug, created_at, updated_at, version,
                category, state, activity, hot, reply_count, serial, tag_count, tag_names,
                last_number)
            SELECT i, 'A common thread number ' || i, 7, 'thread', i * 1000, i * 1000, 1,
                CASE WHEN i % 10 = 0 AND i * 5 <= ?1 THEN 1 WHEN i % 10 = 1 THEN ?3
                    WHEN i % 10 < 6 THEN ?2 ELSE 1 END,
                CASE WHEN i % 10 >= 6 THEN 'deleted' ELSE 'visible' END,
                i, i * 1000, i / 7, i, 1, 'common', 1
            FROM n
            """)
        static let bands = Query<Void, Void>(
            "UPDATE topics SET band = (SELECT band FROM topic_bands WHERE id = topics.id)")
        static let tags = Query<Void, Void>(
            """
            INSERT INTO topic_tags (tag, topic, position, band, activity)
            SELECT 1, id, 0, band, activity FROM topics
            """)
        static let words = Query<Void, Void>("INSERT INTO search (search) VALUES ('rebuild')")
        static let counts = Query<Void, Void>(
            """
            UPDATE categories SET thread_count = (
                SELECT count(*) FROM topics WHERE category = categories.id AND state = 'visible')
            """)
        static let activity = Query<Int64, Void>("UPDATE activity SET last = ?1")
    }
}
