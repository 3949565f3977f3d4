import SQLite

extension Outbox {
    /// All SQL of this module.
    enum Queries {
        // The outbox.

        /// at, kind, key, version, body
        static let append = Query<(Int64, String, EventKey, Int64, String), Void>(
            "INSERT INTO outbox (at, kind, key, version, body) VALUES (?1, ?2, ?3, ?4, ?5)")
        /// Not max(seq): that would go back when the newest row is removed.
        static let state = Query<Void, FeedState>(
            """
            SELECT epoch, floor,
                ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'outbox'), 0)
            FROM feed_epoch
            """
        ) { FeedState(epoch: $0.text(0), head: $0.int64(2), floor: $0.int64(1)) }
        /// after, how many
        static let page = Query<(Int64, Int), FeedEntry>(
            """
            SELECT seq, at, kind, typeof(key) = 'integer', key, version, body
            FROM outbox WHERE seq > ?1 ORDER BY seq LIMIT ?2
            """, FeedEntry.init(row:))
        static let renewEpoch = Query<Void, Void>(
            "UPDATE feed_epoch SET epoch = lower(hex(randomblob(8)))")
        /// body, kind, key
        static let tombstone = Query<(String, String, EventKey), Void>(
            "UPDATE outbox SET body = ?1 WHERE kind = ?2 AND key = ?3")

        /// kind, key
        static let isTold = Query<(String, EventKey), Bool>(
            "SELECT EXISTS (SELECT 1 FROM outbox WHERE kind = ?1 AND key = ?2)"
        ) { $0.bool(0) }

        // Compaction.

        /// after, how many, when a fact is too old, when a superseded state is
        static let candidates = Query<(Int64, Int, Int64, Int64), Compaction.Candidate>(
            """
            SELECT seq, version = 0,
                CASE WHEN version = 0 THEN at < ?3
                ELSE at < ?4 AND EXISTS (
                    SELECT 1 FROM outbox AS newer
                    WHERE newer.kind = old.kind AND newer.key = old.key AND newer.seq > old.seq)
                END
            FROM outbox AS old WHERE seq > ?1 ORDER BY seq LIMIT ?2
            """
        ) { Compaction.Candidate(seq: $0.int64(0), isFact: $0.bool(1), isOver: $0.bool(2)) }
        static let remove = Query<Int64, Void>("DELETE FROM outbox WHERE seq = ?1")
        static let raiseFloor = Query<Int64, Void>(
            "UPDATE feed_epoch SET floor = max(floor, ?1)")

        // Cursors.

        static let cursor = Query<String, FeedCursor>(
            """
            SELECT epoch, seq, at, behind_since, copy_kind, typeof(copy_after) = 'integer',
                copy_after, copy_until
            FROM feed_cursor WHERE source = ?1
            """, FeedCursor.init(row:))
        /// source, epoch, seq, at, behind_since, copy_kind, copy_after, copy_until
        static let setCursor = Query<
            (String, String, Int64, Int64, Int64?, String?, EventKey?, Int64?), Void
        >(
            """
            INSERT INTO feed_cursor
                (source, epoch, seq, at, behind_since, copy_kind, copy_after, copy_until)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            ON CONFLICT (source) DO UPDATE SET epoch = ?2, seq = ?3, at = ?4, behind_since = ?5,
                copy_kind = ?6, copy_after = ?7, copy_until = ?8
            """)
        /// A copy writes all over the indices of a projection: with 32 MiB of their pages at hand a
        /// row costs a fraction. Allowed from the first copy on, filled by need.
        static let widenCache = Query<Void, Void>("PRAGMA cache_size = -32768")
        /// What has been reached; no row while a snapshot is being copied.
        static let reached = Query<String, Int64>(
            "SELECT seq FROM feed_cursor WHERE source = ?1 AND copy_kind IS NULL"
        ) { $0.int64(0) }

        // Leases.

        static let leaseEnd = Query<String, Int64>(
            "SELECT ends_at FROM projector_lease WHERE source = ?1"
        ) { $0.int64(0) }
        /// source, holder, end, now, even if it is held. A lease that ends later than any that
        /// begins now was made before the clock was set back.
        static let takeLease = Query<(String, String, Int64, Int64, Bool), Int64>(
            """
            INSERT INTO projector_lease (source, holder, term, ends_at) VALUES (?1, ?2, 1, ?3)
            ON CONFLICT (source) DO UPDATE SET holder = ?2, term = term + 1, ends_at = ?3
            WHERE ends_at <= ?4 OR ends_at > ?3 OR holder = ?2 OR ?5
            RETURNING term
            """
        ) { $0.int64(0) }
        /// source, holder, term, end
        static let renewLease = Query<(String, String, Int64, Int64), Void>(
            """
            UPDATE projector_lease SET ends_at = ?4
            WHERE source = ?1 AND holder = ?2 AND term = ?3
            """)
    }
}
