import SQLite

extension Topics {
    /// SQL about what is copied from the messages service, and what is counted from it.
    enum PostQueries {
        static let byID = Query<Int64, PostRef>(
            "SELECT id, version, topic, number, user, state, at FROM post_ref WHERE id = ?1",
            PostRef.init(row:))
        static let isKnown = Query<Int64, Int64>(
            "SELECT 1 FROM post_ref WHERE topic = ?1 AND state = 'visible' LIMIT 1"
        ) { $0.int64(0) }
        /// id, version, topic, number, user, state, at
        static let upsert = Query<(Int64, Int64, Int64, Int64, Int64, String, Int64), Void>(
            """
            INSERT INTO post_ref (id, version, topic, number, user, state, at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            ON CONFLICT (id) DO UPDATE SET version = ?2, topic = ?3, number = ?4, user = ?5,
                state = ?6, at = ?7
            WHERE ?2 > post_ref.version
            """)
        /// The same for one that may be new; changes nothing where it is there.
        static let insert = Query<(Int64, Int64, Int64, Int64, Int64, String, Int64), Void>(
            """
            INSERT INTO post_ref (id, version, topic, number, user, state, at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (id) DO NOTHING
            """)
        static let remove = Query<Int64, Void>("DELETE FROM post_ref WHERE id = ?1")
        /// The newest visible message of a topic.
        static let last = Query<Int64, PostRef>(
            """
            SELECT id, version, topic, number, user, state, at FROM post_ref
            WHERE topic = ?1 AND state = 'visible' ORDER BY number DESC LIMIT 1
            """, PostRef.init(row:))
        /// Its visible message with a number.
        static let numbered = Query<(Int64, Int64), PostRef>(
            """
            SELECT id, version, topic, number, user, state, at FROM post_ref
            WHERE topic = ?1 AND number = ?2 AND state = 'visible'
            """, PostRef.init(row:))

        // Who takes part.
        /// topic, user
        static let lastOf = Query<(Int64, Int64), Int64>(
            """
            SELECT max(number) FROM post_ref
            WHERE topic = ?1 AND user = ?2 AND state = 'visible' HAVING count(number) > 0
            """
        ) { $0.int64(0) }
        /// topic, user, number of the last
        static let setParticipant = Query<(Int64, Int64, Int64), Void>(
            """
            INSERT INTO participants (topic, user, number) VALUES (?1, ?2, ?3)
            ON CONFLICT (topic, user) DO UPDATE SET number = ?3
            """)
        static let removeParticipant = Query<(Int64, Int64), Void>(
            "DELETE FROM participants WHERE topic = ?1 AND user = ?2")
        static let clearParticipants = Query<Int64, Void>(
            "DELETE FROM participants WHERE topic = ?1")
        static let fillParticipants = Query<Int64, Void>(
            """
            INSERT INTO participants (topic, user, number)
            SELECT topic, user, max(number) FROM post_ref
            WHERE topic = ?1 AND state = 'visible' GROUP BY user
            ON CONFLICT (topic, user) DO UPDATE SET number = excluded.number
            """)
        /// topic, number: those who wrote something from that number on.
        static let addParticipants = Query<(Int64, Int64), Void>(
            """
            INSERT INTO participants (topic, user, number)
            SELECT topic, user, max(number) FROM post_ref INDEXED BY post_ref_by_number
            WHERE topic = ?1 AND number >= ?2 AND state = 'visible' GROUP BY user
            ON CONFLICT (topic, user) DO UPDATE SET number = max(number, excluded.number)
            """)
        /// topic, how many
        static let participants = Query<(Int64, Int), Int64>(
            "SELECT user FROM participants WHERE topic = ?1 ORDER BY number DESC LIMIT ?2"
        ) { $0.int64(0) }

        // What a topic shows of them.
        static let counts = Query<Int64, PostCounts>(
            """
            SELECT reply_count, post_count, last_post, last_number, last_user, last_at,
                participants, category, state, created_at, activity, opening_state
            FROM topics WHERE id = ?1
            """, PostCounts.init(row:))
        /// The same counted anew: only for audits and repairs.
        static let recounted = Query<Int64, RecountedPosts>(
            """
            SELECT count(*), ifnull(sum(number <> 1), 0) FROM post_ref
            WHERE topic = ?1 AND state = 'visible'
            """
        ) { RecountedPosts(posts: $0.int64(0), replies: $0.int64(1)) }
        /// id, replies, posts, last id, number, user, at, participants, activity, hot
        static let setCounts = Query<
            (Int64, Int64, Int64, Int64?, Int64, Int64?, Int64?, String, Int64, Int64), Void
        >(
            """
            UPDATE topics SET reply_count = ?2, post_count = ?3, last_post = ?4, last_number = ?5,
                last_user = ?6, last_at = ?7, participants = ?8, activity = ?9, hot = ?10,
                posts_version = posts_version + 1
            WHERE id = ?1
            """)
        /// id, state, message
        static let setOpening = Query<(Int64, String, Int64?), Void>(
            """
            UPDATE topics SET opening_state = ?2, opening_post = ?3,
                posts_version = posts_version + 1
            WHERE id = ?1
            """)

        // A new life of the source.
        static let mark = Query<Void, Void>("UPDATE post_ref SET version = 0")
        static let unnamed = Query<Void, Int64>("SELECT id FROM post_ref WHERE version = 0") {
            $0.int64(0)
        }

        /// Topics to audit: after, how many. What is not counted yet is no drift.
        static let auditable = Query<(Int64, Int), Int64>(
            """
            SELECT id FROM topics
            WHERE id > ?1 AND NOT EXISTS (SELECT 1 FROM uncounted_posts WHERE topic = topics.id)
            ORDER BY id LIMIT ?2
            """
        ) { $0.int64(0) }
    }
}

/// The visible messages of a topic, counted one by one.
struct RecountedPosts: Equatable, Sendable {
    let posts: Int64
    let replies: Int64
}
