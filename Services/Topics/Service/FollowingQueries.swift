import SQLite

extension Topics {
    /// SQL about what somebody follows and has read.
    enum FollowingQueries {
        /// user, kind, target
        static let level = Query<(Int64, SubscriptionTarget, Int64), String>(
            "SELECT level FROM subscriptions WHERE user = ?1 AND kind = ?2 AND target = ?3"
        ) { $0.text(0) }
        /// user, kind, target, level
        static let setLevel = Query<(Int64, SubscriptionTarget, Int64, String), Void>(
            """
            INSERT INTO subscriptions (user, kind, target, level) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT (user, kind, target) DO UPDATE SET level = ?4
            """)
        static let remove = Query<(Int64, SubscriptionTarget, Int64), Void>(
            "DELETE FROM subscriptions WHERE user = ?1 AND kind = ?2 AND target = ?3")
        /// user, kind and target to start after, how many
        static let all = Query<(Int64, String, Int64, Int64), Subscription>(
            """
            SELECT kind, target, level FROM subscriptions
            WHERE user = ?1 AND (kind, target) > (?2, ?3) ORDER BY kind, target LIMIT ?4
            """, Subscription.init(row:))
        static let allBefore = Query<(Int64, String, Int64, Int64), Subscription>(
            """
            SELECT kind, target, level FROM subscriptions
            WHERE user = ?1 AND (kind, target) < (?2, ?3)
            ORDER BY kind DESC, target DESC LIMIT ?4
            """, Subscription.init(row:))

        static let readUpTo = Query<(Int64, Int64), Int64>(
            "SELECT up_to FROM reads WHERE user = ?1 AND topic = ?2"
        ) { $0.int64(0) }
        /// user, topic, number: it only grows.
        static let read = Query<(Int64, Int64, Int64), Void>(
            """
            INSERT INTO reads (user, topic, up_to) VALUES (?1, ?2, ?3)
            ON CONFLICT (user, topic) DO UPDATE SET up_to = max(up_to, ?3)
            """)
        /// user, moment, category or nothing: what was followed and written before is read.
        static let readAll = Query<(Int64, Int64, Int64?), Void>(
            """
            INSERT INTO reads (user, topic, up_to)
            SELECT ?1, t.id, t.last_number FROM subscriptions AS s
            CROSS JOIN topics AS t ON t.id = s.target
            WHERE s.user = ?1 AND s.kind = 'thread' AND t.last_at < ?2
                AND (?3 IS NULL OR t.category = ?3)
            ON CONFLICT (user, topic) DO UPDATE SET up_to = max(up_to, excluded.up_to)
            """)

        // An account that is gone.
        static let forgetReads = Query<Int64, Void>("DELETE FROM reads WHERE user = ?1")
        static let forgetSubscriptions = Query<Int64, Void>(
            "DELETE FROM subscriptions WHERE user = ?1")
        static let forgetModerator = Query<Int64, Void>(
            "DELETE FROM category_moderators WHERE user = ?1")
        // A topic that is gone.
        static let dropReads = Query<Int64, Void>("DELETE FROM reads WHERE topic = ?1")
        static let dropSubscriptions = Query<Int64, Void>(
            "DELETE FROM subscriptions WHERE kind = 'thread' AND target = ?1")
    }
}

/// What can be followed.
enum SubscriptionTarget: String, CaseIterable, Sendable { case thread, category, tag }

extension SubscriptionTarget: Bindable {}
