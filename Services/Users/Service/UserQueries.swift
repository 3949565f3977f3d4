import Bytes
import Records
import Routing
import SQLite
import UsersAPI

extension Users {
    /// The SQL of users themselves; other tables, and lists, have files of their own beside this
    /// one.
    enum Queries {
        static let byID = Query<Int64, User>(
            """
            SELECT id, username, name, bio, joined_at, version, state, role, location, website,
                signature, thread_count, post_count, reactions_received, last_seen_at, touches
            FROM users WHERE id = ?1
            """, User.init(row:))
        static let byUsername = Query<String, User>(
            """
            SELECT id, username, name, bio, joined_at, version, state, role, location, website,
                signature, thread_count, post_count, reactions_received, last_seen_at, touches
            FROM users WHERE username = ?1 COLLATE NOCASE
            """, User.init(row:))

        static let end = Query<Void, ListEnd>(
            """
            SELECT ifnull((SELECT max(id) FROM users), 0), count + touches FROM list_changes
            """, ListEnd.init(row:))

        static let lastID = Query<Void, Int64>("SELECT ifnull(max(id), 0) FROM users") {
            $0.int64(0)
        }
        /// id, username, name, bio, joinedAt, role. Changes no row when the id or the username is
        /// in use.
        static let insert = Query<(Int64, String, String, String, Int64, String), Void>(
            """
            INSERT INTO users (id, username, name, bio, joined_at, version, role)
            VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6) ON CONFLICT DO NOTHING
            """)
        static let noteChange = Query<Void, Void>("UPDATE list_changes SET count = count + 1")
        static let noteTouch = Query<Void, Void>("UPDATE list_changes SET touches = touches + 1")
    }
}

extension User {
    /// Columns: id, username, name, bio, joined_at, version, state, role, location, website,
    /// signature, thread_count, post_count, reactions_received, last_seen_at, touches.
    init(row: borrowing Row) {
        self.init(
            id: ID(row.int64(0)), username: row.text(1), name: row.text(2), bio: row.text(3),
            joinedAt: Timestamp(milliseconds: row.int64(4)), version: row.int64(5))
        state = UserState(rawValue: row.text(6)) ?? .active
        role = Role(rawValue: row.text(7)) ?? .member
        location = row.text(8)
        website = row.text(9)
        signature = row.text(10)
        threadCount = row.int64(11)
        postCount = row.int64(12)
        reactionsReceived = row.int64(13)
        lastSeenAt = row.optionalInt64(14).map { Timestamp(milliseconds: $0) }
        touches = row.int64(15)
    }
}
