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

        // Values: a key to start after or before; what an unknown thread asks of readers, and what
        // this reader has; how many rows. Then whose list it is.

        static let after = Query<(Int64, Int64, Int64, Int64), MessageRow>(
            """
            SELECT * FROM posts WHERE id > ?1 AND ifnull(reads, ?2) <= ?3
            ORDER BY id LIMIT ?4
            """, MessageRow.init(row:))
        static let before = Query<(Int64, Int64, Int64, Int64), MessageRow>(
            """
            SELECT * FROM posts WHERE id < ?1 AND ifnull(reads, ?2) <= ?3
            ORDER BY id DESC LIMIT ?4
            """, MessageRow.init(row:))

        static let inThreadAfter = Query<(Int64, Int64, Int64, Int64, Int64), MessageRow>(
            """
            SELECT * FROM posts
            WHERE thread = ?5 AND number > ?1 AND ifnull(reads, ?2) <= ?3
            ORDER BY number LIMIT ?4
            """, MessageRow.init(row:))
        static let inThreadBefore = Query<(Int64, Int64, Int64, Int64, Int64), MessageRow>(
            """
            SELECT * FROM posts
            WHERE thread = ?5 AND number < ?1 AND ifnull(reads, ?2) <= ?3
            ORDER BY number DESC LIMIT ?4
            """, MessageRow.init(row:))

        static let byUserAfter = Query<(Int64, Int64, Int64, Int64, Int64), MessageRow>(
            """
            SELECT * FROM posts WHERE user = ?5 AND id > ?1 AND ifnull(reads, ?2) <= ?3
            ORDER BY id LIMIT ?4
            """, MessageRow.init(row:))
        static let byUserBefore = Query<(Int64, Int64, Int64, Int64, Int64), MessageRow>(
            """
            SELECT * FROM posts WHERE user = ?5 AND id < ?1 AND ifnull(reads, ?2) <= ?3
            ORDER BY id DESC LIMIT ?4
            """, MessageRow.init(row:))

        static let repliesAfter = Query<(Int64, Int64, Int64, Int64, Int64), MessageRow>(
            """
            SELECT * FROM posts WHERE reply_to = ?5 AND id > ?1 AND ifnull(reads, ?2) <= ?3
            ORDER BY id LIMIT ?4
            """, MessageRow.init(row:))
        static let repliesBefore = Query<(Int64, Int64, Int64, Int64, Int64), MessageRow>(
            """
            SELECT * FROM posts WHERE reply_to = ?5 AND id < ?1 AND ifnull(reads, ?2) <= ?3
            ORDER BY id DESC LIMIT ?4
            """, MessageRow.init(row:))

        static let mentionsAfter = Query<(Int64, Int64, Int64, Int64, Int64), MessageRow>(
            """
            SELECT posts.* FROM mentions JOIN posts ON posts.id = mentions.message
            WHERE mentions.user = ?5 AND mentions.message > ?1 AND posts.state = 0
                AND ifnull(reads, ?2) <= ?3
            ORDER BY mentions.message LIMIT ?4
            """, MessageRow.init(row:))
        static let mentionsBefore = Query<(Int64, Int64, Int64, Int64, Int64), MessageRow>(
            """
            SELECT posts.* FROM mentions JOIN posts ON posts.id = mentions.message
            WHERE mentions.user = ?5 AND mentions.message < ?1 AND posts.state = 0
                AND ifnull(reads, ?2) <= ?3
            ORDER BY mentions.message DESC LIMIT ?4
            """, MessageRow.init(row:))

        // The state of a list: where it ends, and how often it changed other than there.

        static let end = Query<Void, ListEnd>(
            "SELECT ifnull((SELECT max(id) FROM messages), 0), count + edits FROM list_changes",
            ListEnd.init(row:))
        static let inThreadEnd = Query<Int64, ListEnd>(
            """
            SELECT ifnull((SELECT max(number) FROM messages WHERE thread = ?1), 0),
                count + ifnull((SELECT count FROM thread_changes WHERE thread = ?1), 0)
            FROM list_changes
            """, ListEnd.init(row:))
        static let byUserEnd = Query<Int64, ListEnd>(
            """
            SELECT ifnull((SELECT max(id) FROM messages WHERE user = ?1), 0), count + edits
            FROM list_changes
            """, ListEnd.init(row:))

        // Writing.

        static let lastID = Query<Void, Int64>(
            """
            SELECT max(ifnull((SELECT max(id) FROM messages), 0),
                ifnull((SELECT max(id) FROM purged), 0))
            """
        ) { $0.int64(0) }
        static let lastNumber = Query<Int64, Int64>(
            """
            SELECT max(ifnull((SELECT max(number) FROM messages WHERE thread = ?1), 0),
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

        /// id, thread, number, user, text, createdAt
        static let insert = Query<(Int64, Int64, Int64, Int64, String, Int64), Void>(
            """
            INSERT INTO messages (id, thread, number, user, text, created_at, version)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1)
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
