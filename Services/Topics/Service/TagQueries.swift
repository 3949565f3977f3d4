import SQLite

extension Topics {
    /// SQL about tags.
    enum TagQueries {
        static let idByName = Query<String, Int64>("SELECT id FROM tags WHERE name = ?1") {
            $0.int64(0)
        }
        static let insert = Query<String, Void>("INSERT INTO tags (name) VALUES (?1)")
        /// id, name
        static let rename = Query<(Int64, String), Void>("UPDATE tags SET name = ?2 WHERE id = ?1")
        static let remove = Query<Int64, Void>("DELETE FROM tags WHERE id = ?1")

        static let ofTopic = Query<Int64, Int64>(
            "SELECT tag FROM topic_tags WHERE topic = ?1 ORDER BY position"
        ) { $0.int64(0) }
        static let clear = Query<Int64, Void>("DELETE FROM topic_tags WHERE topic = ?1")
        /// topic, tag, position
        static let add = Query<(Int64, Int64, Int64), Void>(
            "INSERT INTO topic_tags (topic, tag, position) VALUES (?1, ?2, ?3)")
        /// topic, how many
        static let setCount = Query<(Int64, Int64), Void>(
            "UPDATE topics SET tag_count = ?2 WHERE id = ?1")
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
                AND (c.read_level <= ?4 OR c.id IN (
                    SELECT category FROM category_moderators WHERE user = ?5))
            GROUP BY tags.name HAVING sum(n.count) > 0
            ORDER BY tags.name LIMIT ?6
            """
        ) { TagUse(name: $0.text(0), count: $0.int64(1)) }

        // All topics of a tag at once.
        static let touchTopics = Query<Int64, Void>(
            """
            UPDATE topics SET version = version + 1
            WHERE id IN (SELECT topic FROM topic_tags WHERE tag = ?1)
            """)
        /// Topics that have both lose the first: from, to
        static let dropDoubles = Query<(Int64, Int64), Void>(
            """
            DELETE FROM topic_tags WHERE tag = ?1
                AND topic IN (SELECT topic FROM topic_tags WHERE tag = ?2)
            """)
        /// from, to
        static let moveTopics = Query<(Int64, Int64), Void>(
            "UPDATE topic_tags SET tag = ?2 WHERE tag = ?1")
        static let dropTopics = Query<Int64, Void>("DELETE FROM topic_tags WHERE tag = ?1")
        /// Works out how many tags the topics of a tag have without it, or with one of its two.
        static let lowerCounts = Query<(Int64, Int64), Void>(
            """
            UPDATE topics SET tag_count = tag_count - 1
            WHERE id IN (SELECT topic FROM topic_tags WHERE tag = ?1)
                AND (?2 = 0 OR id IN (SELECT topic FROM topic_tags WHERE tag = ?2))
            """)
        /// Counts the topics of a tag again.
        static let recount = Query<Int64, Void>(
            """
            INSERT INTO tag_counts (tag, category, count)
            SELECT ?1, topics.category, count(*) FROM topic_tags
            JOIN topics ON topics.id = topic_tags.topic
            WHERE topic_tags.tag = ?1 AND topics.state = 'visible' GROUP BY topics.category
            """)
        static let moveSubscriptions = Query<(Int64, Int64), Void>(
            """
            UPDATE OR REPLACE subscriptions SET target = ?2 WHERE kind = 'tag' AND target = ?1
            """)
        static let removeSubscriptions = Query<Int64, Void>(
            "DELETE FROM subscriptions WHERE kind = 'tag' AND target = ?1")
    }
}
