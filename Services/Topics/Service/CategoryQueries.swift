import Bytes
import SQLite
import TopicsAPI

extension Topics {
    /// SQL about categories.
    enum CategoryQueries {
        static let all = Query<Void, CategoryRow>(
            """
            SELECT id, slug, name, description, color, parent, position, thread_count, post_count,
                read_own, post_own, reply_own, moderate_level, version,
                read_level, post_level, reply_level, moving_to
            FROM categories ORDER BY position, id
            """, CategoryRow.init(row:))
        static let byID = Query<Int64, CategoryRow>(
            """
            SELECT id, slug, name, description, color, parent, position, thread_count, post_count,
                read_own, post_own, reply_own, moderate_level, version,
                read_level, post_level, reply_level, moving_to
            FROM categories WHERE id = ?1 AND moving_to IS NULL
            """, CategoryRow.init(row:))
        /// Also of one that is leaving: its topics are still there.
        static let label = Query<Int64, CategoryLabel>(
            """
            SELECT id, slug, name, read_level, post_level, reply_level, moderate_level
            FROM categories WHERE id = ?1
            """, CategoryLabel.init(row:))
        static let idBySlug = Query<String, Int64>("SELECT id FROM categories WHERE slug = ?1") {
            $0.int64(0)
        }
        static let count = Query<Void, Int>("SELECT count(*) FROM categories") { $0.int(0) }
        static let nextPlace = Query<Void, Int64>(
            "SELECT ifnull(max(position), 0) + 1 FROM categories"
        ) { $0.int64(0) }

        /// slug, name, description, color, parent, position, read, post, reply, moderate
        static let insert = Query<
            (String, String, String, String, Int64?, Int64, Int64, Int64, Int64, Int64), Void
        >(
            """
            INSERT INTO categories (slug, name, description, color, parent, position, read_own,
                post_own, reply_own, moderate_level, read_level, post_level, reply_level, version)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?7, ?8, ?9, 1)
            """)
        /// id, slug, name, description, color, parent, read, post, reply, moderate
        static let update = Query<
            (Int64, String, String, String, String, Int64?, Int64, Int64, Int64, Int64), Void
        >(
            """
            UPDATE categories SET slug = ?2, name = ?3, description = ?4, color = ?5, parent = ?6,
                read_own = ?7, post_own = ?8, reply_own = ?9, moderate_level = ?10,
                version = version + 1
            WHERE id = ?1
            """)
        /// id, read, post, reply
        static let setLevels = Query<(Int64, Int64, Int64, Int64), Void>(
            "UPDATE categories SET read_level = ?2, post_level = ?3, reply_level = ?4 WHERE id = ?1"
        )
        /// id, position
        static let setPlace = Query<(Int64, Int64), Void>(
            """
            UPDATE categories SET position = ?2, version = version + 1
            WHERE id = ?1 AND position <> ?2
            """)
        static let remove = Query<Int64, Void>("DELETE FROM categories WHERE id = ?1")
        static let hasChildren = Query<Int64, Int64>(
            "SELECT 1 FROM categories WHERE parent = ?1 LIMIT 1"
        ) { $0.int64(0) }
        /// id, threads, posts
        static let adjust = Query<(Int64, Int64, Int64), Void>(
            """
            UPDATE categories SET thread_count = thread_count + ?2, post_count = post_count + ?3
            WHERE id = ?1
            """)

        // Moderators.
        static let moderators = Query<Int64, Int64>(
            "SELECT user FROM category_moderators WHERE category = ?1 ORDER BY user"
        ) { $0.int64(0) }
        static let isModerator = Query<(Int64, Int64), Int64>(
            "SELECT 1 FROM category_moderators WHERE user = ?1 AND category = ?2"
        ) { $0.int64(0) }
        static let moderatesAny = Query<Int64, Int64>(
            "SELECT 1 FROM category_moderators WHERE user = ?1 LIMIT 1"
        ) { $0.int64(0) }
        static let moderatedBy = Query<Int64, ModeratedCategory>(
            """
            SELECT id, read_level, post_level, reply_level, moderate_level
            FROM category_moderators AS m CROSS JOIN categories AS c ON c.id = m.category
            WHERE m.user = ?1
            """, ModeratedCategory.init(row:))
        static let removeModerators = Query<Int64, Void>(
            "DELETE FROM category_moderators WHERE category = ?1")
        /// category, user
        static let addModerator = Query<(Int64, Int64), Void>(
            """
            INSERT INTO category_moderators (category, user) VALUES (?1, ?2)
            ON CONFLICT DO NOTHING
            """)

        // The end of a category.
        /// id, where its topics go
        static let leave = Query<(Int64, Int64), Void>(
            "UPDATE categories SET moving_to = ?2 WHERE id = ?1")
        static let removeTagCounts = Query<Int64, Void>(
            "DELETE FROM tag_counts WHERE category = ?1")
        static let removeSubscriptions = Query<Int64, Void>(
            "DELETE FROM subscriptions WHERE kind = 'category' AND target = ?1")
    }
}
