import Bytes
import MessagesAPI
import Records
import SQLite

extension Messages {
    /// All SQL of the messages store. Lists are walked by key, never by offset.
    enum Queries {
        static let byID = Query<Int64, Message>(
            """
            SELECT thread, text, user, id, number, created_at, version
            FROM messages WHERE id = ?1
            """, Message.init(row:))

        // The first value is a key to start after or before, the last one how many rows.

        static let after = Query<(Int64, Int64), Message>(
            """
            SELECT thread, text, user, id, number, created_at, version
            FROM messages WHERE id > ?1 ORDER BY id LIMIT ?2
            """, Message.init(row:))
        static let before = Query<(Int64, Int64), Message>(
            """
            SELECT thread, text, user, id, number, created_at, version
            FROM messages WHERE id < ?1 ORDER BY id DESC LIMIT ?2
            """, Message.init(row:))

        static let inThreadAfter = Query<(Int64, Int64, Int64), Message>(
            """
            SELECT thread, text, user, id, number, created_at, version
            FROM messages WHERE thread = ?2 AND number > ?1 ORDER BY number LIMIT ?3
            """, Message.init(row:))
        static let inThreadBefore = Query<(Int64, Int64, Int64), Message>(
            """
            SELECT thread, text, user, id, number, created_at, version
            FROM messages WHERE thread = ?2 AND number < ?1 ORDER BY number DESC LIMIT ?3
            """, Message.init(row:))

        static let byUserAfter = Query<(Int64, Int64, Int64), Message>(
            """
            SELECT thread, text, user, id, number, created_at, version
            FROM messages WHERE user = ?2 AND id > ?1 ORDER BY id LIMIT ?3
            """, Message.init(row:))
        static let byUserBefore = Query<(Int64, Int64, Int64), Message>(
            """
            SELECT thread, text, user, id, number, created_at, version
            FROM messages WHERE user = ?2 AND id < ?1 ORDER BY id DESC LIMIT ?3
            """, Message.init(row:))

        // The state of a list: where it ends, and how often it changed other than there.

        static let end = Query<Void, ListEnd>(
            "SELECT ifnull((SELECT max(id) FROM messages), 0), count FROM list_changes",
            ListEnd.init(row:))
        static let inThreadEnd = Query<Int64, ListEnd>(
            """
            SELECT ifnull((SELECT max(number) FROM messages WHERE thread = ?1), 0), count
            FROM list_changes
            """, ListEnd.init(row:))
        static let byUserEnd = Query<Int64, ListEnd>(
            """
            SELECT ifnull((SELECT max(id) FROM messages WHERE user = ?1), 0), count
            FROM list_changes
            """, ListEnd.init(row:))

        // Writing.

        static let lastID = Query<Void, Int64>("SELECT ifnull(max(id), 0) FROM messages") {
            $0.int64(0)
        }
        static let lastNumber = Query<Int64, Int64>(
            "SELECT ifnull(max(number), 0) FROM messages WHERE thread = ?1"
        ) { $0.int64(0) }
        static let lastPlace = Query<Void, Int64>(
            "SELECT ifnull(max(place), 0) FROM message_places"
        ) { $0.int64(0) }
        static let atPlace = Query<(Int64, Int64), Int64>(
            "SELECT message FROM message_places WHERE place = ?1 AND checksum = ?2"
        ) { $0.int64(0) }

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

extension Message {
    /// Columns: thread, text, user, id, number, created_at, version.
    init(row: borrowing Row) {
        self.init(
            thread: ID(row.int64(0)), text: row.text(1), user: ID(row.int64(2)),
            id: ID(row.int64(3)), number: row.int64(4),
            createdAt: Timestamp(milliseconds: row.int64(5)), version: row.int64(6))
    }
}
