import SQLite

extension Topics {
    /// SQL of lists of topics: each walks the index that it names within one band, by key, and
    /// reads nothing but the index. ?1 is what the index is entered with, ?2 the band, ?3 and ?4
    /// the key and the id of the border, ?5 the anchor, ?6 how many.
    enum ListQueries {
        typealias Walk = Query<(Int64, Int64, Int64, Int64, Int64, Int64), TopicSpot>

        // Everything.
        static let byIDAscending = Walk(
            """
            SELECT id, id FROM topics INDEXED BY topics_by_band
            WHERE band = ?2 AND id > ?4 ORDER BY id LIMIT ?6
            """, TopicSpot.init(row:))
        static let byIDDescending = Walk(
            """
            SELECT id, id FROM topics INDEXED BY topics_by_band
            WHERE band = ?2 AND id < ?4 ORDER BY id DESC LIMIT ?6
            """, TopicSpot.init(row:))
        static let byCreationAscending = Walk(
            """
            SELECT created_at, serial FROM topics INDEXED BY topics_by_creation
            WHERE band = ?2 AND (created_at, serial) > (?3, ?4)
            ORDER BY created_at, serial LIMIT ?6
            """, TopicSpot.init(row:))
        static let byCreationDescending = Walk(
            """
            SELECT created_at, serial FROM topics INDEXED BY topics_by_creation
            WHERE band = ?2 AND (created_at, serial) < (?3, ?4)
            ORDER BY created_at DESC, serial DESC LIMIT ?6
            """, TopicSpot.init(row:))
        static let byActivityAscending = Walk(
            """
            SELECT activity, id FROM topics INDEXED BY topics_by_activity
            WHERE band = ?2 AND activity > ?3 AND activity <= ?5
            ORDER BY activity LIMIT ?6
            """, TopicSpot.init(row:))
        static let byActivityDescending = Walk(
            """
            SELECT activity, id FROM topics INDEXED BY topics_by_activity
            WHERE band = ?2 AND activity < ?3 ORDER BY activity DESC LIMIT ?6
            """, TopicSpot.init(row:))
        static let byRepliesAscending = Walk(
            """
            SELECT reply_count, serial FROM topics INDEXED BY topics_by_replies
            WHERE band = ?2 AND (reply_count, serial) > (?3, ?4)
            ORDER BY reply_count, serial LIMIT ?6
            """, TopicSpot.init(row:))
        static let byRepliesDescending = Walk(
            """
            SELECT reply_count, serial FROM topics INDEXED BY topics_by_replies
            WHERE band = ?2 AND (reply_count, serial) < (?3, ?4)
            ORDER BY reply_count DESC, serial DESC LIMIT ?6
            """, TopicSpot.init(row:))
        static let byHeatAscending = Walk(
            """
            SELECT hot, serial FROM topics INDEXED BY topics_by_heat
            WHERE band = ?2 AND (hot, serial) > (?3, ?4)
            ORDER BY hot, serial LIMIT ?6
            """, TopicSpot.init(row:))
        static let byHeatDescending = Walk(
            """
            SELECT hot, serial FROM topics INDEXED BY topics_by_heat
            WHERE band = ?2 AND (hot, serial) < (?3, ?4)
            ORDER BY hot DESC, serial DESC LIMIT ?6
            """, TopicSpot.init(row:))

        // One category.
        static let inCategoryByIDAscending = Walk(
            """
            SELECT id, id FROM topics INDEXED BY topics_in_category_by_band
            WHERE category = ?1 AND band = ?2 AND id > ?4 ORDER BY id LIMIT ?6
            """, TopicSpot.init(row:))
        static let inCategoryByIDDescending = Walk(
            """
            SELECT id, id FROM topics INDEXED BY topics_in_category_by_band
            WHERE category = ?1 AND band = ?2 AND id < ?4 ORDER BY id DESC LIMIT ?6
            """, TopicSpot.init(row:))
        static let inCategoryByCreationAscending = Walk(
            """
            SELECT created_at, serial FROM topics INDEXED BY topics_in_category_by_creation
            WHERE category = ?1 AND band = ?2 AND (created_at, serial) > (?3, ?4)
            ORDER BY created_at, serial LIMIT ?6
            """, TopicSpot.init(row:))
        static let inCategoryByCreationDescending = Walk(
            """
            SELECT created_at, serial FROM topics INDEXED BY topics_in_category_by_creation
            WHERE category = ?1 AND band = ?2 AND (created_at, serial) < (?3, ?4)
            ORDER BY created_at DESC, serial DESC LIMIT ?6
            """, TopicSpot.init(row:))
        static let inCategoryByActivityAscending = Walk(
            """
            SELECT activity, id FROM topics INDEXED BY topics_in_category_by_activity
            WHERE category = ?1 AND band = ?2 AND activity > ?3 AND activity <= ?5
            ORDER BY activity LIMIT ?6
            """, TopicSpot.init(row:))
        static let inCategoryByActivityDescending = Walk(
            """
            SELECT activity, id FROM topics INDEXED BY topics_in_category_by_activity
            WHERE category = ?1 AND band = ?2 AND activity < ?3 ORDER BY activity DESC LIMIT ?6
            """, TopicSpot.init(row:))
        static let inCategoryByRepliesAscending = Walk(
            """
            SELECT reply_count, serial FROM topics INDEXED BY topics_in_category_by_replies
            WHERE category = ?1 AND band = ?2 AND (reply_count, serial) > (?3, ?4)
            ORDER BY reply_count, serial LIMIT ?6
            """, TopicSpot.init(row:))
        static let inCategoryByRepliesDescending = Walk(
            """
            SELECT reply_count, serial FROM topics INDEXED BY topics_in_category_by_replies
            WHERE category = ?1 AND band = ?2 AND (reply_count, serial) < (?3, ?4)
            ORDER BY reply_count DESC, serial DESC LIMIT ?6
            """, TopicSpot.init(row:))
        static let inCategoryByHeatAscending = Walk(
            """
            SELECT hot, serial FROM topics INDEXED BY topics_in_category_by_heat
            WHERE category = ?1 AND band = ?2 AND (hot, serial) > (?3, ?4)
            ORDER BY hot, serial LIMIT ?6
            """, TopicSpot.init(row:))
        static let inCategoryByHeatDescending = Walk(
            """
            SELECT hot, serial FROM topics INDEXED BY topics_in_category_by_heat
            WHERE category = ?1 AND band = ?2 AND (hot, serial) < (?3, ?4)
            ORDER BY hot DESC, serial DESC LIMIT ?6
            """, TopicSpot.init(row:))

        // One author, one tag, the pinned, those that somebody follows.
        static let byAuthorAscending = Walk(
            """
            SELECT id, id FROM topics INDEXED BY topics_by_author
            WHERE created_by = ?1 AND band = ?2 AND id > ?4 ORDER BY id LIMIT ?6
            """, TopicSpot.init(row:))
        static let byAuthorDescending = Walk(
            """
            SELECT id, id FROM topics INDEXED BY topics_by_author
            WHERE created_by = ?1 AND band = ?2 AND id < ?4 ORDER BY id DESC LIMIT ?6
            """, TopicSpot.init(row:))
        static let byAuthorActivityAscending = Walk(
            """
            SELECT activity, id FROM topics INDEXED BY topics_by_author_activity
            WHERE created_by = ?1 AND band = ?2 AND activity > ?3 AND activity <= ?5
            ORDER BY activity LIMIT ?6
            """, TopicSpot.init(row:))
        static let byAuthorActivityDescending = Walk(
            """
            SELECT activity, id FROM topics INDEXED BY topics_by_author_activity
            WHERE created_by = ?1 AND band = ?2 AND activity < ?3 ORDER BY activity DESC LIMIT ?6
            """, TopicSpot.init(row:))
        static let taggedAscending = Walk(
            """
            SELECT topic, topic FROM topic_tags INDEXED BY topic_tags_by_band
            WHERE tag = ?1 AND band = ?2 AND topic > ?4 ORDER BY topic LIMIT ?6
            """, TopicSpot.init(row:))
        static let taggedDescending = Walk(
            """
            SELECT topic, topic FROM topic_tags INDEXED BY topic_tags_by_band
            WHERE tag = ?1 AND band = ?2 AND topic < ?4 ORDER BY topic DESC LIMIT ?6
            """, TopicSpot.init(row:))
        static let taggedByActivityAscending = Walk(
            """
            SELECT activity, topic FROM topic_tags INDEXED BY topic_tags_by_activity
            WHERE tag = ?1 AND band = ?2 AND activity > ?3 AND activity <= ?5
            ORDER BY activity LIMIT ?6
            """, TopicSpot.init(row:))
        static let taggedByActivityDescending = Walk(
            """
            SELECT activity, topic FROM topic_tags INDEXED BY topic_tags_by_activity
            WHERE tag = ?1 AND band = ?2 AND activity < ?3 ORDER BY activity DESC LIMIT ?6
            """, TopicSpot.init(row:))
        static let pinnedAscending = Walk(
            """
            SELECT id, id FROM topics INDEXED BY topics_pinned
            WHERE pinned <> 'none' AND band = ?2 AND id > ?4 ORDER BY id LIMIT ?6
            """, TopicSpot.init(row:))
        static let pinnedDescending = Walk(
            """
            SELECT id, id FROM topics INDEXED BY topics_pinned
            WHERE pinned <> 'none' AND band = ?2 AND id < ?4 ORDER BY id DESC LIMIT ?6
            """, TopicSpot.init(row:))
        static let pinnedInCategoryAscending = Walk(
            """
            SELECT id, id FROM topics INDEXED BY topics_pinned_in_category
            WHERE category = ?1 AND pinned <> 'none' AND band = ?2 AND id > ?4
            ORDER BY id LIMIT ?6
            """, TopicSpot.init(row:))
        static let pinnedInCategoryDescending = Walk(
            """
            SELECT id, id FROM topics INDEXED BY topics_pinned_in_category
            WHERE category = ?1 AND pinned <> 'none' AND band = ?2 AND id < ?4
            ORDER BY id DESC LIMIT ?6
            """, TopicSpot.init(row:))
        static let followedAscending = Walk(
            """
            SELECT target, target FROM subscriptions
            WHERE user = ?1 AND kind = 'thread' AND target > ?4
            ORDER BY target LIMIT ?6
            """, TopicSpot.init(row:))
        static let followedDescending = Walk(
            """
            SELECT target, target FROM subscriptions
            WHERE user = ?1 AND kind = 'thread' AND target < ?4
            ORDER BY target DESC LIMIT ?6
            """, TopicSpot.init(row:))

        /// Whole topics by their ids, a list in JSON, in its order.
        static let rows = Query<String, Void>(
            """
            SELECT topic_rows.* FROM json_each(?1) AS wanted
            CROSS JOIN topic_rows ON topic_rows.id = wanted.value
            """)

        // Topics by themselves: the band, the border's id, how many, and the level as which even a
        // topic whose band is behind is not shown.
        static let coresAscending = Query<(Int64, Int64, Int64, Int64), TopicCore>(
            """
            SELECT t.id, title, created_by, t.slug, created_at, updated_at, t.version
            FROM topics AS t INDEXED BY topics_by_band
            CROSS JOIN categories AS c ON c.id = t.category
            WHERE band = ?1 AND t.id > ?2 AND c.read_level <= ?4 ORDER BY t.id LIMIT ?3
            """, TopicCore.init(row:))
        static let coresDescending = Query<(Int64, Int64, Int64, Int64), TopicCore>(
            """
            SELECT t.id, title, created_by, t.slug, created_at, updated_at, t.version
            FROM topics AS t INDEXED BY topics_by_band
            CROSS JOIN categories AS c ON c.id = t.category
            WHERE band = ?1 AND t.id < ?2 AND c.read_level <= ?4 ORDER BY t.id DESC LIMIT ?3
            """, TopicCore.init(row:))

        // What `count=exact` answers: the level, the viewer, a category or nothing.
        static let total = Query<(Int64, Int64, Int64?), Int64>(
            """
            SELECT ifnull(sum(thread_count), 0) FROM categories
            WHERE (read_level <= ?1 OR id IN (
                    SELECT category FROM category_moderators WHERE user = ?2))
                AND (?3 IS NULL OR id = ?3)
            """
        ) { $0.int64(0) }
        /// level, viewer, tag
        static let totalTagged = Query<(Int64, Int64, Int64), Int64>(
            """
            SELECT ifnull(sum(n.count), 0) FROM tag_counts AS n
            CROSS JOIN categories AS c ON c.id = n.category
            WHERE n.tag = ?3 AND (c.read_level <= ?1 OR c.id IN (
                SELECT category FROM category_moderators WHERE user = ?2))
            """
        ) { $0.int64(0) }
    }
}
