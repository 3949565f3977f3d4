import SQLite

extension Users {
    /// The SQL of what members have done, and of the rows it is counted from.
    enum ActivityQueries {
        // Threads.

        static let thread = Query<Int64, ThreadRef>(
            "SELECT id, version, user, is_shown FROM thread_ref WHERE id = ?1",
            ThreadRef.init(row:))
        /// id, version, user, is_shown
        static let upsertThread = Query<(Int64, Int64, Int64, Bool), Void>(
            """
            INSERT INTO thread_ref (id, version, user, is_shown) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (id) DO UPDATE SET version = ?2, user = ?3, is_shown = ?4
            WHERE ?2 > thread_ref.version
            """)
        static let removeThread = Query<Int64, Void>("DELETE FROM thread_ref WHERE id = ?1")
        static let markThreads = Query<Void, Void>("UPDATE thread_ref SET version = 0")
        static let unnamedThreads = Query<Void, Int64>(
            "SELECT id FROM thread_ref WHERE version = 0"
        ) { $0.int64(0) }
        /// What each writer has in a thread.
        static let writers = Query<Int64, ThreadWriter>(
            """
            SELECT user, count(*), sum(reactions) FROM post_ref
            WHERE thread = ?1 AND is_shown GROUP BY user
            """
        ) { ThreadWriter(user: $0.int64(0), posts: $0.int64(1), reactions: $0.int64(2)) }

        // Posts.

        static let post = Query<Int64, PostShare>(
            """
            SELECT user, is_shown AND EXISTS (
                SELECT 1 FROM thread_ref t WHERE t.id = thread AND t.is_shown), reactions
            FROM post_ref WHERE id = ?1
            """, PostShare.init(row:))
        /// id, version, thread, user, is_shown
        static let upsertPost = Query<(Int64, Int64, Int64, Int64, Bool), Void>(
            """
            INSERT INTO post_ref (id, version, thread, user, is_shown) VALUES (?1, ?2, ?3, ?4, ?5)
            ON CONFLICT (id) DO UPDATE SET version = ?2, thread = ?3, user = ?4, is_shown = ?5
            WHERE ?2 > post_ref.version
            """)
        /// id, version, user, how many. Of a post that was not heard of yet it counts nothing.
        static let upsertReactions = Query<(Int64, Int64, Int64, Int64), Void>(
            """
            INSERT INTO post_ref (id, version, thread, user, is_shown, reactions, reactions_version)
            VALUES (?1, 0, 0, ?3, 0, ?4, ?2)
            ON CONFLICT (id) DO UPDATE SET reactions = ?4, reactions_version = ?2
            WHERE ?2 > post_ref.reactions_version
            """)
        static let removePost = Query<Int64, Void>("DELETE FROM post_ref WHERE id = ?1")
        static let markPosts = Query<Void, Void>(
            "UPDATE post_ref SET version = 0, reactions_version = 0")
        static let unnamedPosts = Query<Void, Int64>("SELECT id FROM post_ref WHERE version = 0") {
            $0.int64(0)
        }
        static let unnamedReactions = Query<Void, Int64>(
            "SELECT id FROM post_ref WHERE reactions_version = 0 AND reactions > 0"
        ) { $0.int64(0) }
        static let forgetReactions = Query<Int64, Void>(
            "UPDATE post_ref SET reactions = 0 WHERE id = ?1")

        // Counts.

        /// user, threads, posts, reactions
        static let move = Query<(Int64, Int64, Int64, Int64), Void>(
            """
            UPDATE users SET thread_count = thread_count + ?2, post_count = post_count + ?3,
                reactions_received = reactions_received + ?4, touches = touches + 1
            WHERE id = ?1
            """)
        static let recounted = Query<Int64, ActivityCounts>(
            """
            SELECT (SELECT count(*) FROM thread_ref WHERE user = ?1 AND is_shown),
                count(*), ifnull(sum(p.reactions), 0)
            FROM post_ref p JOIN thread_ref t ON t.id = p.thread
            WHERE p.user = ?1 AND p.is_shown AND t.is_shown
            """
        ) { ActivityCounts(threads: $0.int64(0), posts: $0.int64(1), reactions: $0.int64(2)) }
        /// user, threads, posts, reactions
        static let keep = Query<(Int64, Int64, Int64, Int64), Void>(
            """
            UPDATE users SET thread_count = ?2, post_count = ?3, reactions_received = ?4,
                touches = touches + 1
            WHERE id = ?1
                AND (thread_count, post_count, reactions_received) IS NOT (?2, ?3, ?4)
            """)
        /// Users to audit: after, how many.
        static let auditable = Query<(Int64, Int), Int64>(
            "SELECT id FROM users WHERE id > ?1 ORDER BY id LIMIT ?2"
        ) { $0.int64(0) }
    }

    /// What somebody has in a thread.
    struct ThreadWriter: Sendable {
        let user: Int64
        let posts: Int64
        let reactions: Int64
    }
}
