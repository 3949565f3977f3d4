import SQLite

extension Topics {
    /// SQL of lists of topics: each walks one index by key. ?1 and ?2 are the border's key and id,
    /// ?3 the anchor, ?4 what the index is entered with, ?5 a category or nothing, ?6 the time when
    /// only pinned topics are wanted, ?7 the viewer's level, ?8 the viewer, ?9 how many rows, ?10
    /// an author or nothing.
    enum ListQueries {
        typealias Walk = Query<
            (Int64, Int64, Int64, Int64, Int64?, Int64?, Int64, Int64, Int64, Int64?), TopicRow
        >

        // Topics by themselves: the border's id, how many rows, the viewer's level, the viewer.
        static let coresAscending = Query<(Int64, Int64, Int64, Int64), TopicCore>(
            """
            SELECT id, title, created_by, slug, created_at, updated_at, version FROM topics
            WHERE id > ?1 AND state = 'visible' AND category NOT IN (
                SELECT id FROM categories WHERE read_level > ?3 AND id NOT IN (
                    SELECT category FROM category_moderators WHERE user = ?4))
            ORDER BY id LIMIT ?2
            """, TopicCore.init(row:))
        static let coresDescending = Query<(Int64, Int64, Int64, Int64), TopicCore>(
            """
            SELECT id, title, created_by, slug, created_at, updated_at, version FROM topics
            WHERE id < ?1 AND state = 'visible' AND category NOT IN (
                SELECT id FROM categories WHERE read_level > ?3 AND id NOT IN (
                    SELECT category FROM category_moderators WHERE user = ?4))
            ORDER BY id DESC LIMIT ?2
            """, TopicCore.init(row:))

        // Everything.
        static let byIDAscending = Walk(
            """
            SELECT * FROM topic_rows WHERE id > ?2
                AND state = 'visible' AND (?5 IS NULL OR category = ?5)
                AND (?10 IS NULL OR created_by = ?10)
                AND (?6 IS NULL OR (pinned <> 'none' AND ifnull(pinned_until, ?6 + 1) > ?6))
                AND (read_level <= ?7 OR category IN (
                    SELECT category FROM category_moderators WHERE user = ?8))
            ORDER BY id LIMIT ?9
            """, TopicRow.init(row:))
        static let byIDDescending = Walk(
            """
            SELECT * FROM topic_rows WHERE id < ?2
                AND state = 'visible' AND (?5 IS NULL OR category = ?5)
                AND (?10 IS NULL OR created_by = ?10)
                AND (?6 IS NULL OR (pinned <> 'none' AND ifnull(pinned_until, ?6 + 1) > ?6))
                AND (read_level <= ?7 OR category IN (
                    SELECT category FROM category_moderators WHERE user = ?8))
            ORDER BY id DESC LIMIT ?9
            """, TopicRow.init(row:))
        static let byActivityAscending = Walk(
            """
            SELECT * FROM topic_rows WHERE activity > ?1 AND activity <= ?3
                AND state = 'visible' AND (?5 IS NULL OR category = ?5)
                AND (?10 IS NULL OR created_by = ?10)
                AND (?6 IS NULL OR (pinned <> 'none' AND ifnull(pinned_until, ?6 + 1) > ?6))
                AND (read_level <= ?7 OR category IN (
                    SELECT category FROM category_moderators WHERE user = ?8))
            ORDER BY activity LIMIT ?9
            """, TopicRow.init(row:))
        static let byActivityDescending = Walk(
            """
            SELECT * FROM topic_rows WHERE activity < ?1 AND activity <= ?3
                AND state = 'visible' AND (?5 IS NULL OR category = ?5)
                AND (?10 IS NULL OR created_by = ?10)
                AND (?6 IS NULL OR (pinned <> 'none' AND ifnull(pinned_until, ?6 + 1) > ?6))
                AND (read_level <= ?7 OR category IN (
                    SELECT category FROM category_moderators WHERE user = ?8))
            ORDER BY activity DESC LIMIT ?9
            """, TopicRow.init(row:))
        static let byCreationAscending = Walk(
            """
            SELECT * FROM topic_rows WHERE (created_at, serial) > (?1, ?2)
                AND state = 'visible' AND (?5 IS NULL OR category = ?5)
                AND (?10 IS NULL OR created_by = ?10)
                AND (?6 IS NULL OR (pinned <> 'none' AND ifnull(pinned_until, ?6 + 1) > ?6))
                AND (read_level <= ?7 OR category IN (
                    SELECT category FROM category_moderators WHERE user = ?8))
            ORDER BY created_at, serial LIMIT ?9
            """, TopicRow.init(row:))
        static let byCreationDescending = Walk(
            """
            SELECT * FROM topic_rows WHERE (created_at, serial) < (?1, ?2)
                AND state = 'visible' AND (?5 IS NULL OR category = ?5)
                AND (?10 IS NULL OR created_by = ?10)
                AND (?6 IS NULL OR (pinned <> 'none' AND ifnull(pinned_until, ?6 + 1) > ?6))
                AND (read_level <= ?7 OR category IN (
                    SELECT category FROM category_moderators WHERE user = ?8))
            ORDER BY created_at DESC, serial DESC LIMIT ?9
            """, TopicRow.init(row:))
        static let byRepliesAscending = Walk(
            """
            SELECT * FROM topic_rows WHERE (reply_count, serial) > (?1, ?2)
                AND state = 'visible' AND (?5 IS NULL OR category = ?5)
                AND (?10 IS NULL OR created_by = ?10)
                AND (?6 IS NULL OR (pinned <> 'none' AND ifnull(pinned_until, ?6 + 1) > ?6))
                AND (read_level <= ?7 OR category IN (
                    SELECT category FROM category_moderators WHERE user = ?8))
            ORDER BY reply_count, serial LIMIT ?9
            """, TopicRow.init(row:))
        static let byRepliesDescending = Walk(
            """
            SELECT * FROM topic_rows WHERE (reply_count, serial) < (?1, ?2)
                AND state = 'visible' AND (?5 IS NULL OR category = ?5)
                AND (?10 IS NULL OR created_by = ?10)
                AND (?6 IS NULL OR (pinned <> 'none' AND ifnull(pinned_until, ?6 + 1) > ?6))
                AND (read_level <= ?7 OR category IN (
                    SELECT category FROM category_moderators WHERE user = ?8))
            ORDER BY reply_count DESC, serial DESC LIMIT ?9
            """, TopicRow.init(row:))
        static let byHeatAscending = Walk(
            """
            SELECT * FROM topic_rows WHERE (hot, serial) > (?1, ?2)
                AND state = 'visible' AND (?5 IS NULL OR category = ?5)
                AND (?10 IS NULL OR created_by = ?10)
                AND (?6 IS NULL OR (pinned <> 'none' AND ifnull(pinned_until, ?6 + 1) > ?6))
                AND (read_level <= ?7 OR category IN (
                    SELECT category FROM category_moderators WHERE user = ?8))
            ORDER BY hot, serial LIMIT ?9
            """, TopicRow.init(row:))
        static let byHeatDescending = Walk(
            """
            SELECT * FROM topic_rows WHERE (hot, serial) < (?1, ?2)
                AND state = 'visible' AND (?5 IS NULL OR category = ?5)
                AND (?10 IS NULL OR created_by = ?10)
                AND (?6 IS NULL OR (pinned <> 'none' AND ifnull(pinned_until, ?6 + 1) > ?6))
                AND (read_level <= ?7 OR category IN (
                    SELECT category FROM category_moderators WHERE user = ?8))
            ORDER BY hot DESC, serial DESC LIMIT ?9
            """, TopicRow.init(row:))

        // One category.
        static let inCategoryByIDAscending = Walk(
            """
            SELECT * FROM topic_rows WHERE category = ?4 AND id > ?2
                AND state = 'visible' AND (?5 IS NULL OR category = ?5)
                AND (?10 IS NULL OR created_by = ?10)
                AND (?6 IS NULL OR (pinned <> 'none' AND ifnull(pinned_until, ?6 + 1) > ?6))
                AND (read_level <= ?7 OR category IN (
                    SELECT category FROM category_moderators WHERE user = ?8))
            ORDER BY id LIMIT ?9
            """, TopicRow.init(row:))
        static let inCategoryByIDDescending = Walk(
            """
            SELECT * FROM topic_rows WHERE category = ?4 AND id < ?2
                AND state = 'visible' AND (?5 IS NULL OR category = ?5)
                AND (?10 IS NULL OR created_by = ?10)
                AND (?6 IS NULL OR (pinned <> 'none' AND ifnull(pinned_until, ?6 + 1) > ?6))
                AND (read_level <= ?7 OR category IN (
                    SELECT category FROM category_moderators WHERE user = ?8))
            ORDER BY id DESC LIMIT ?9
            """, TopicRow.init(row:))
        static let inCategoryByActivityAscending = Walk(
            """
            SELECT * FROM topic_rows WHERE category = ?4 AND activity > ?1 AND activity <= ?3
                AND state = 'visible' AND (?5 IS NULL OR category = ?5)
                AND (?10 IS NULL OR created_by = ?10)
                AND (?6 IS NULL OR (pinned <> 'none' AND ifnull(pinned_until, ?6 + 1) > ?6))
                AND (read_level <= ?7 OR category IN (
                    SELECT category FROM category_moderators WHERE user = ?8))
            ORDER BY activity LIMIT ?9
            """, TopicRow.init(row:))
        static let inCategoryByActivityDescending = Walk(
            """
            SELECT * FROM topic_rows WHERE category = ?4 AND activity < ?1 AND activity <= ?3
                AND state = 'visible' AND (?5 IS NULL OR category = ?5)
                AND (?10 IS NULL OR created_by = ?10)
                AND (?6 IS NULL OR (pinned <> 'none' AND ifnull(pinned_until, ?6 + 1) > ?6))
                AND (read_level <= ?7 OR category IN (
                    SELECT category FROM category_moderators WHERE user = ?8))
            ORDER BY activity DESC LIMIT ?9
            """, TopicRow.init(row:))

        // One author, one tag, the pinned.
        static let byAuthorAscending = Walk(
            """
            SELECT * FROM topic_rows WHERE created_by = ?4 AND id > ?2
                AND state = 'visible' AND (?5 IS NULL OR category = ?5)
                AND (?10 IS NULL OR created_by = ?10)
                AND (?6 IS NULL OR (pinned <> 'none' AND ifnull(pinned_until, ?6 + 1) > ?6))
                AND (read_level <= ?7 OR category IN (
                    SELECT category FROM category_moderators WHERE user = ?8))
            ORDER BY id LIMIT ?9
            """, TopicRow.init(row:))
        static let byAuthorDescending = Walk(
            """
            SELECT * FROM topic_rows WHERE created_by = ?4 AND id < ?2
                AND state = 'visible' AND (?5 IS NULL OR category = ?5)
                AND (?10 IS NULL OR created_by = ?10)
                AND (?6 IS NULL OR (pinned <> 'none' AND ifnull(pinned_until, ?6 + 1) > ?6))
                AND (read_level <= ?7 OR category IN (
                    SELECT category FROM category_moderators WHERE user = ?8))
            ORDER BY id DESC LIMIT ?9
            """, TopicRow.init(row:))
        static let taggedAscending = Walk(
            """
            SELECT topic_rows.* FROM topic_tags CROSS JOIN topic_rows ON topic_rows.id = topic
            WHERE tag = ?4 AND topic > ?2
                AND state = 'visible' AND (?5 IS NULL OR category = ?5)
                AND (?10 IS NULL OR created_by = ?10)
                AND (?6 IS NULL OR (pinned <> 'none' AND ifnull(pinned_until, ?6 + 1) > ?6))
                AND (read_level <= ?7 OR category IN (
                    SELECT category FROM category_moderators WHERE user = ?8))
            ORDER BY topic LIMIT ?9
            """, TopicRow.init(row:))
        static let taggedDescending = Walk(
            """
            SELECT topic_rows.* FROM topic_tags CROSS JOIN topic_rows ON topic_rows.id = topic
            WHERE tag = ?4 AND topic < ?2
                AND state = 'visible' AND (?5 IS NULL OR category = ?5)
                AND (?10 IS NULL OR created_by = ?10)
                AND (?6 IS NULL OR (pinned <> 'none' AND ifnull(pinned_until, ?6 + 1) > ?6))
                AND (read_level <= ?7 OR category IN (
                    SELECT category FROM category_moderators WHERE user = ?8))
            ORDER BY topic DESC LIMIT ?9
            """, TopicRow.init(row:))
        static let pinnedAscending = Walk(
            """
            SELECT * FROM topic_rows WHERE pinned <> 'none' AND id > ?2
                AND state = 'visible' AND (?5 IS NULL OR category = ?5)
                AND (?10 IS NULL OR created_by = ?10)
                AND (?6 IS NULL OR (pinned <> 'none' AND ifnull(pinned_until, ?6 + 1) > ?6))
                AND (read_level <= ?7 OR category IN (
                    SELECT category FROM category_moderators WHERE user = ?8))
            ORDER BY id LIMIT ?9
            """, TopicRow.init(row:))
        static let pinnedDescending = Walk(
            """
            SELECT * FROM topic_rows WHERE pinned <> 'none' AND id < ?2
                AND state = 'visible' AND (?5 IS NULL OR category = ?5)
                AND (?10 IS NULL OR created_by = ?10)
                AND (?6 IS NULL OR (pinned <> 'none' AND ifnull(pinned_until, ?6 + 1) > ?6))
                AND (read_level <= ?7 OR category IN (
                    SELECT category FROM category_moderators WHERE user = ?8))
            ORDER BY id DESC LIMIT ?9
            """, TopicRow.init(row:))
    }
}
