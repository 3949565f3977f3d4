import SQLite

extension Topics {
    /// SQL of the search over titles and opening texts.
    enum SearchQueries {
        /// The best of the newest thousand that match: words, category or nothing, tag or nothing,
        /// author or nothing, level, user, how many. Ranking more would let one common word cost
        /// more with every topic that has it.
        static let best = Query<
            (String, Int64?, Int64?, Int64?, Int64, Int64, Int64), TopicRow
        >(
            """
            SELECT topic_rows.* FROM (
                SELECT rowid AS topic, bm25(topic_search, 4.0, 1.0) AS score FROM topic_search
                WHERE topic_search MATCH ?1 ORDER BY rowid DESC LIMIT 1000
            ) AS found
            CROSS JOIN topic_rows ON topic_rows.id = found.topic
            WHERE state = 'visible' AND (?2 IS NULL OR category = ?2)
                AND (?3 IS NULL OR EXISTS (
                    SELECT 1 FROM topic_tags WHERE tag = ?3 AND topic = topic_rows.id))
                AND (?4 IS NULL OR created_by = ?4)
                AND (read_level <= ?5 OR category IN (
                    SELECT category FROM category_moderators WHERE user = ?6))
            ORDER BY found.score, found.topic DESC LIMIT ?7
            """, TopicRow.init(row:))
        /// words, topic
        static let snippet = Query<(String, Int64), String>(
            """
            SELECT snippet(topic_search, -1, char(2), char(3), '…', 24) FROM topic_search
            WHERE topic_search MATCH ?1 AND rowid = ?2
            """
        ) { $0.text(0) }
    }
}
