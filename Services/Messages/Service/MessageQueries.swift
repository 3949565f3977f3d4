import Bytes
import MessagesAPI
import Records
import SQLite

extension Messages {
    /// The SQL of messages themselves; other tables have files of their own beside this one. Lists
    /// are walked by key, never by offset.
    enum Queries {
        static let byID = Query<Int64, MessageRow>(
            "SELECT * FROM posts WHERE id = ?1", MessageRow.init(row:))

        // Of a shelf: the shelfmarks between which the rows lie, how many; then whose list it is.

        static let after = Query<(Int64, Int64, Int64), MessageRow>(
            """
            SELECT * FROM posts WHERE shelfmark > ?1 AND shelfmark < ?2
            ORDER BY shelfmark LIMIT ?3
            """, MessageRow.init(row:))
        static let before = Query<(Int64, Int64, Int64), MessageRow>(
            """
            SELECT * FROM posts WHERE shelfmark > ?1 AND shelfmark < ?2
            ORDER BY shelfmark DESC LIMIT ?3
            """, MessageRow.init(row:))
        static let last = Query<(Int64, Int64), Int64>(
            """
            SELECT shelfmark FROM messages WHERE shelfmark > ?1 AND shelfmark < ?2
            ORDER BY shelfmark DESC LIMIT 1
            """
        ) { $0.int64(0) }

        static let byUserAfter = Query<(Int64, Int64, Int64, Int64), MessageRow>(
            """
            SELECT * FROM posts WHERE user = ?4 AND shelfmark > ?1 AND shelfmark < ?2
            ORDER BY shelfmark LIMIT ?3
            """, MessageRow.init(row:))
        static let byUserBefore = Query<(Int64, Int64, Int64, Int64), MessageRow>(
            """
            SELECT * FROM posts WHERE user = ?4 AND shelfmark > ?1 AND shelfmark < ?2
            ORDER BY shelfmark DESC LIMIT ?3
            """, MessageRow.init(row:))
        static let byUserLast = Query<(Int64, Int64, Int64), Int64>(
            """
            SELECT shelfmark FROM messages WHERE user = ?3 AND shelfmark > ?1 AND shelfmark < ?2
            ORDER BY shelfmark DESC LIMIT 1
            """
        ) { $0.int64(0) }

        static let repliesAfter = Query<(Int64, Int64, Int64, Int64), MessageRow>(
            """
            SELECT * FROM posts WHERE reply_to = ?4 AND shelfmark > ?1 AND shelfmark < ?2
            ORDER BY shelfmark LIMIT ?3
            """, MessageRow.init(row:))
        static let repliesBefore = Query<(Int64, Int64, Int64, Int64), MessageRow>(
            """
            SELECT * FROM posts WHERE reply_to = ?4 AND shelfmark > ?1 AND shelfmark < ?2
            ORDER BY shelfmark DESC LIMIT ?3
            """, MessageRow.init(row:))

        static let mentionsAfter = Query<(Int64, Int64, Int64, Int64), MessageRow>(
            """
            SELECT posts.* FROM mentions JOIN posts ON posts.id = mentions.message
            WHERE mentions.user = ?4 AND mentions.shelfmark > ?1 AND mentions.shelfmark < ?2
            ORDER BY mentions.shelfmark LIMIT ?3
            """, MessageRow.init(row:))
        static let mentionsBefore = Query<(Int64, Int64, Int64, Int64), MessageRow>(
            """
            SELECT posts.* FROM mentions JOIN posts ON posts.id = mentions.message
            WHERE mentions.user = ?4 AND mentions.shelfmark > ?1 AND mentions.shelfmark < ?2
            ORDER BY mentions.shelfmark DESC LIMIT ?3
            """, MessageRow.init(row:))

        // Of a thread: the number to start after or before, how many.

        static let shownAfter = Query<(Int64, Int64, Int64), MessageRow>(
            """
            SELECT * FROM posts WHERE thread = ?1 AND state = 0 AND number > ?2
            ORDER BY number LIMIT ?3
            """, MessageRow.init(row:))
        static let shownBefore = Query<(Int64, Int64, Int64), MessageRow>(
            """
            SELECT * FROM posts WHERE thread = ?1 AND state = 0 AND number < ?2
            ORDER BY number DESC LIMIT ?3
            """, MessageRow.init(row:))
        static let unshownAfter = Query<(Int64, Int64, Int64), MessageRow>(
            """
            SELECT * FROM posts WHERE thread = ?1 AND state <> 0 AND number > ?2
            ORDER BY number LIMIT ?3
            """, MessageRow.init(row:))
        static let unshownBefore = Query<(Int64, Int64, Int64), MessageRow>(
            """
            SELECT * FROM posts WHERE thread = ?1 AND state <> 0 AND number < ?2
            ORDER BY number DESC LIMIT ?3
            """, MessageRow.init(row:))
        static let lastShown = Query<Int64, Int64>(
            "SELECT ifnull(max(number), 0) FROM messages WHERE thread = ?1 AND state = 0"
        ) { $0.int64(0) }
        static let lastUnshown = Query<Int64, Int64>(
            "SELECT ifnull(max(number), 0) FROM messages WHERE thread = ?1 AND state <> 0"
        ) { $0.int64(0) }
        static let threadChanges = Query<Int64, Int64>(
            "SELECT count FROM thread_changes WHERE thread = ?1"
        ) { $0.int64(0) }

        // Writing.

        static let lastID = Query<Void, Int64>(
            """
            SELECT max(ifnull((SELECT max(id) FROM messages), 0),
                ifnull((SELECT max(id) FROM purged), 0))
            """
        ) { $0.int64(0) }
        static let lastNumber = Query<Int64, Int64>(
            """
            SELECT max(
                ifnull((SELECT max(number) FROM messages WHERE thread = ?1 AND state = 0), 0),
                ifnull((SELECT max(number) FROM messages WHERE thread = ?1 AND state <> 0), 0),
                ifnull((SELECT max(number) FROM purged WHERE thread = ?1), 0))
            """
        ) { $0.int64(0) }
        static let lastPlace = Query<Void, Int64>(
            "SELECT ifnull(max(place), 0) FROM message_places"
        ) { $0.int64(0) }
        static let atPlace = Query<(Int64, Int64), Int64>(
            "SELECT message FROM message_places WHERE place = ?1 AND checksum = ?2"
        ) { $0.int64(0) }
        static let isPurged = Query<Int64, Bool>(
            "SELECT EXISTS (SELECT 1 FROM purged WHERE id = ?1)"
        ) { $0.bool(0) }

        /// id, thread, number, user, text, createdAt. It lies on the shelf of its thread.
        static let insert = Query<(Int64, Int64, Int64, Int64, String, Int64), Void>(
            """
            INSERT INTO messages (id, thread, number, user, text, created_at, version, shelf)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1,
                ifnull((SELECT reads FROM thread_card WHERE id = ?2), 4))
            """)
        static let insertPlace = Query<(Int64, Int64, Int64), Void>(
            "INSERT INTO message_places (place, checksum, message) VALUES (?1, ?2, ?3)")
        /// A load writes all over two indices: with 32 MiB of their pages at hand a row costs a
        /// third less than with the writer's usual cache. Allowed from the first load on, filled by
        /// need.
        static let widenCache = Query<Void, Void>("PRAGMA cache_size = -32768")
        static let noteChange = Query<Void, Void>("UPDATE list_changes SET count = count + 1")
    }
}
