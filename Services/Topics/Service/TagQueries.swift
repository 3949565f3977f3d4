import SQLite

extension Topics {
    /// SQL about tags.
    enum TagQueries {
        static let idByName = Query<String, Int64>(
            "SELECT id FROM tags WHERE name = ?1 AND merging_into IS NULL"
        ) { $0.int64(0) }
        /// The same for who sees a topic that has it: name, level, user
        static let seen = Query<(String, Int64, Int64), Int64>(
            """
            SELECT tags.id FROM tags
            WHERE name = ?1 AND merging_into IS NULL AND EXISTS (
                SELECT 1 FROM tag_counts AS n CROSS JOIN categories AS c ON c.id = n.category
                WHERE n.tag = tags.id AND n.count > 0 AND (c.read_level <= ?2 OR c.id IN (
                    SELECT category FROM category_moderators WHERE user = ?3)))
            """
        ) { $0.int64(0) }
        /// A tag by its name, with the one that stands for it from now on.
        static let named = Query<String, NamedTag>(
            "SELECT id, merging_into FROM tags WHERE name = ?1", NamedTag.init(row:))
        static let insert = Query<String, Void>("INSERT INTO tags (name) VALUES (?1)")
        /// id, the tag that stands for it from now on or 0
        static let setGoal = Query<(Int64, Int64), Void>(
            "UPDATE tags SET merging_into = ?2 WHERE id = ?1")
        /// One that is about to stand for another.
        static let isGoal = Query<Int64, Int64>(
            "SELECT 1 FROM tags WHERE merging_into = ?1 LIMIT 1"
        ) { $0.int64(0) }
        static let remove = Query<Int64, Void>("DELETE FROM tags WHERE id = ?1")

        static let ofTopic = Query<Int64, Int64>(
            "SELECT tag FROM topic_tags WHERE topic = ?1 ORDER BY position"
        ) { $0.int64(0) }
        static let clear = Query<Int64, Void>("DELETE FROM topic_tags WHERE topic = ?1")
        /// topic, tag, position
        static let add = Query<(Int64, Int64, Int64), Void>(
            """
            INSERT INTO topic_tags (topic, tag, position, band, activity)
            SELECT ?1, ?2, ?3, band, activity FROM topics WHERE id = ?1
            """)
        /// Where a topic stands in the lists of its tags.
        static let place = Query<Int64, Void>(
            """
            UPDATE topic_tags SET (band, activity) = (
                SELECT band, activity FROM topics WHERE id = ?1)
            WHERE topic = ?1
            """)
        /// topic, how many. Keeps their names beside it, in order.
        static let setCount = Query<(Int64, Int64), Void>(
            """
            UPDATE topics SET tag_count = ?2, tag_names = ifnull((
                SELECT group_concat(name, ' ') FROM (
                    SELECT tags.name AS name FROM topic_tags JOIN tags ON tags.id = topic_tags.tag
                    WHERE topic_tags.topic = ?1 ORDER BY topic_tags.position)), '')
            WHERE id = ?1
            """)
        /// tag, category, by how many
        static let count = Query<(Int64, Int64, Int64), Void>(
            """
            INSERT INTO tag_counts (tag, category, count) VALUES (?1, ?2, ?3)
            ON CONFLICT (tag, category) DO UPDATE SET count = count + ?3
            """)
        static let removeCounts = Query<Int64, Void>("DELETE FROM tag_counts WHERE tag = ?1")

        /// A prefix and what ends it, after, level, user, how many
        static let used = Query<(String, String, String, Int64, Int64, Int64), TagUse>(
            """
            SELECT tags.name, sum(n.count) FROM tags
            CROSS JOIN tag_counts AS n ON n.tag = tags.id
            CROSS JOIN categories AS c ON c.id = n.category
            WHERE tags.name >= ?1 AND tags.name < ?2 AND tags.name > ?3
                AND tags.merging_into IS NULL AND (c.read_level <= ?4 OR c.id IN (
                    SELECT category FROM category_moderators WHERE user = ?5))
            GROUP BY tags.name HAVING sum(n.count) > 0
            ORDER BY tags.name LIMIT ?6
            """
        ) { TagUse(name: $0.text(0), count: $0.int64(1)) }

        /// Topics of a tag: tag, how many
        static let topics = Query<(Int64, Int), Int64>(
            "SELECT topic FROM topic_tags WHERE tag = ?1 LIMIT ?2"
        ) { $0.int64(0) }
        static let topicCount = Query<Int64, Int64>(
            "SELECT count(*) FROM topic_tags WHERE tag = ?1"
        ) { $0.int64(0) }
        /// from, to
        static let moveSubscriptions = Query<(Int64, Int64), Void>(
            """
            UPDATE OR REPLACE subscriptions SET target = ?2 WHERE kind = 'tag' AND target = ?1
            """)
        static let removeSubscriptions = Query<Int64, Void>(
            "DELETE FROM subscriptions WHERE kind = 'tag' AND target = ?1")
    }
}

/// A tag as its name leads to it.
struct NamedTag: Sendable {
    let id: Int64
    /// The tag that stands for it from now on, 0 for none; nil: it is itself.
    let goal: Int64?

    /// Columns: id, merging_into.
    init(row: borrowing Row) {
        id = row.int64(0)
        goal = row.optionalInt64(1)
    }
}
