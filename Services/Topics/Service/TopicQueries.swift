import Bytes
import Records
import SQLite
import TopicsAPI

extension Topics {
    /// SQL about single topics; lists are in `TopicListQueries`. Whole rows are for `TopicReading`.
    enum Queries {
        static let byID = Query<Int64, Void>("SELECT * FROM topic_rows WHERE id = ?1")
        static let end = Query<Void, ListEnd>(
            "SELECT ifnull((SELECT max(id) FROM topics), 0), count FROM list_changes",
            ListEnd.init(row:))
        static let lastID = Query<Void, Int64>("SELECT ifnull(max(id), 0) FROM topics") {
            $0.int64(0)
        }
        static let noteChange = Query<Void, Void>("UPDATE list_changes SET count = count + 1")

        /// id, title, createdBy, slug, createdAt, category, kind, activity, opening_state.
        /// Changes no row when the id is in use. It is visible, so its category decides its band.
        static let insert = Query<
            (Int64, String, Int64, String, Int64, Int64, String, Int64, String), Void
        >(
            """
            INSERT INTO topics (id, title, created_by, slug, created_at, updated_at, version,
                category, kind, activity, hot, opening_state, serial, band)
            VALUES (?1, ?2, ?3, ?4, ?5, ?5, 1, ?6, ?7, ?8, ?5, ?9, ?1,
                (SELECT read_level FROM categories WHERE id = ?6)) ON CONFLICT DO NOTHING
            """)
        /// id, title, slug, category
        static let edit = Query<(Int64, String, String, Int64), Void>(
            "UPDATE topics SET title = ?2, slug = ?3, category = ?4 WHERE id = ?1")
        static let setKind = Query<(Int64, String), Void>(
            "UPDATE topics SET kind = ?2 WHERE id = ?1")
        static let setCategory = Query<(Int64, Int64), Void>(
            "UPDATE topics SET category = ?2 WHERE id = ?1")
        /// Works out who sees it in lists, from its state and its category.
        static let settleBand = Query<Int64, Void>(
            """
            UPDATE topics SET band = (SELECT band FROM topic_bands WHERE id = ?1) WHERE id = ?1
            """)
        static let bump = Query<Int64, Void>(
            "UPDATE topics SET version = version + 1 WHERE id = ?1")
        /// id, now
        static let touch = Query<(Int64, Int64), Void>(
            "UPDATE topics SET version = version + 1, updated_at = ?2 WHERE id = ?1")
        /// id, locked, until, reason
        static let lock = Query<(Int64, Bool, Int64?, String?), Void>(
            "UPDATE topics SET locked = ?2, locked_until = ?3, reason = ?4 WHERE id = ?1")
        /// id, scope, until
        static let pin = Query<(Int64, String, Int64?), Void>(
            "UPDATE topics SET pinned = ?2, pinned_until = ?3 WHERE id = ?1")
        /// id, state, reason
        static let setState = Query<(Int64, String, String?), Void>(
            "UPDATE topics SET state = ?2, reason = ?3 WHERE id = ?1")
        /// id, number of the message or nothing
        static let setAnswer = Query<(Int64, Int64?), Void>(
            "UPDATE topics SET answer = ?2 WHERE id = ?1")
        /// Leaves of a topic what keeps its number from being given again.
        static let blank = Query<Int64, Void>(
            """
            UPDATE topics SET title = '', slug = '', state = 'purged', locked = 0,
                locked_until = NULL, pinned = 'none', pinned_until = NULL, reason = NULL,
                tag_count = 0, tag_names = '',
                answer = NULL, opening_state = 'none', opening_post = NULL,
                reply_count = 0, post_count = 0, last_post = NULL, last_number = 0,
                last_user = NULL, last_at = NULL, participants = '', created_by = 1
            WHERE id = ?1
            """)

        // The order of activity.
        static let lastActivity = Query<Void, Int64>("SELECT last FROM activity") { $0.int64(0) }
        static let setActivity = Query<Int64, Void>("UPDATE activity SET last = ?1")

        // What a topic opens with: shown until the messages service has it, then kept for search.
        static let opening = Query<Int64, String>("SELECT text FROM openings WHERE topic = ?1") {
            $0.text(0)
        }
        static let addOpening = Query<(Int64, String), Void>(
            "INSERT INTO openings (topic, text) VALUES (?1, ?2)")
        static let removeOpening = Query<Int64, Void>("DELETE FROM openings WHERE topic = ?1")

        // The moment of the last lock or pin that has ended by itself; now
        static let lastEnded = Query<Int64, Int64>(
            """
            SELECT max(
                ifnull((SELECT max(locked_until) FROM topics WHERE locked_until <= ?1), 0),
                ifnull((SELECT max(pinned_until) FROM topics WHERE pinned_until <= ?1), 0))
            """
        ) { $0.int64(0) }

        // The moment of the next lock or pin that ends by itself; now
        static let nextEnd = Query<Int64, Int64?>(
            """
            SELECT min(until) FROM (
                SELECT min(locked_until) AS until FROM topics WHERE locked_until > ?1
                UNION ALL SELECT min(pinned_until) FROM topics WHERE pinned_until > ?1)
            """
        ) { $0.optionalInt64(0) }

        /// Topics with a lock or a pin that has ended by itself: now, how many
        static let overdue = Query<(Int64, Int), Int64>(
            """
            SELECT id FROM topics WHERE locked_until <= ?1
            UNION SELECT id FROM topics WHERE pinned_until <= ?1 LIMIT ?2
            """
        ) { $0.int64(0) }

        /// Topics of a snapshot: after, how many
        static let snapshot = Query<(Int64, Int), Void>(
            "SELECT * FROM topic_rows WHERE id > ?1 ORDER BY id LIMIT ?2")
    }
}
