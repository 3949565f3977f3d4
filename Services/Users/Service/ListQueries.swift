import SQLite
import UsersAPI

extension Users {
    /// The SQL of lists of users, which are walked by key and leave out who was deleted.
    enum ListQueries {
        // A key to start after or before, how many rows, a role or NULL.

        static let byIDAfter = Query<(Int64, Int64, String?), User>(
            """
            SELECT id, username, name, bio, joined_at, version, state, role, location, website,
                signature, thread_count, post_count, reactions_received, last_seen_at, touches
            FROM users INDEXED BY users_there
            WHERE id > ?1 AND state <> 'deleted'
                AND (?3 IS NULL OR role = ?3)
            ORDER BY id LIMIT ?2
            """, User.init(row:))
        static let byIDBefore = Query<(Int64, Int64, String?), User>(
            """
            SELECT id, username, name, bio, joined_at, version, state, role, location, website,
                signature, thread_count, post_count, reactions_received, last_seen_at, touches
            FROM users INDEXED BY users_there
            WHERE id < ?1 AND state <> 'deleted'
                AND (?3 IS NULL OR role = ?3)
            ORDER BY id DESC LIMIT ?2
            """, User.init(row:))

        // The first username and the one to end before; then the same.

        static let byNameAfter = Query<(String, String, Int64, String?), User>(
            """
            SELECT id, username, name, bio, joined_at, version, state, role, location, website,
                signature, thread_count, post_count, reactions_received, last_seen_at, touches
            FROM users INDEXED BY users_there_by_name
            WHERE username >= ?1 COLLATE NOCASE AND username < ?2 COLLATE NOCASE
                AND state <> 'deleted' AND (?4 IS NULL OR role = ?4)
            ORDER BY username COLLATE NOCASE LIMIT ?3
            """, User.init(row:))
        static let byNameBefore = Query<(String, String, Int64, String?), User>(
            """
            SELECT id, username, name, bio, joined_at, version, state, role, location, website,
                signature, thread_count, post_count, reactions_received, last_seen_at, touches
            FROM users INDEXED BY users_there_by_name
            WHERE username >= ?1 COLLATE NOCASE AND username < ?2 COLLATE NOCASE
                AND state <> 'deleted' AND (?4 IS NULL OR role = ?4)
            ORDER BY username COLLATE NOCASE DESC LIMIT ?3
            """, User.init(row:))

        // A number and an id; then the same. The greatest comes first.

        static let joinedAfter = Query<(Int64, Int64, Int64, String?), User>(
            """
            SELECT id, username, name, bio, joined_at, version, state, role, location, website,
                signature, thread_count, post_count, reactions_received, last_seen_at, touches
            FROM users INDEXED BY users_there_by_joined
            WHERE (joined_at, id) < (?1, ?2) AND state <> 'deleted'
                AND (?4 IS NULL OR role = ?4)
            ORDER BY joined_at DESC, id DESC LIMIT ?3
            """, User.init(row:))
        static let joinedBefore = Query<(Int64, Int64, Int64, String?), User>(
            """
            SELECT id, username, name, bio, joined_at, version, state, role, location, website,
                signature, thread_count, post_count, reactions_received, last_seen_at, touches
            FROM users INDEXED BY users_there_by_joined
            WHERE (joined_at, id) > (?1, ?2) AND state <> 'deleted'
                AND (?4 IS NULL OR role = ?4)
            ORDER BY joined_at, id LIMIT ?3
            """, User.init(row:))
        static let postsAfter = Query<(Int64, Int64, Int64, String?), User>(
            """
            SELECT id, username, name, bio, joined_at, version, state, role, location, website,
                signature, thread_count, post_count, reactions_received, last_seen_at, touches
            FROM users INDEXED BY users_there_by_posts
            WHERE (post_count, id) < (?1, ?2) AND state <> 'deleted'
                AND (?4 IS NULL OR role = ?4)
            ORDER BY post_count DESC, id DESC LIMIT ?3
            """, User.init(row:))
        static let postsBefore = Query<(Int64, Int64, Int64, String?), User>(
            """
            SELECT id, username, name, bio, joined_at, version, state, role, location, website,
                signature, thread_count, post_count, reactions_received, last_seen_at, touches
            FROM users INDEXED BY users_there_by_posts
            WHERE (post_count, id) > (?1, ?2) AND state <> 'deleted'
                AND (?4 IS NULL OR role = ?4)
            ORDER BY post_count, id LIMIT ?3
            """, User.init(row:))

        /// A role other than that of most, how many rows.
        static let staff = Query<(String, Int64), User>(
            """
            SELECT id, username, name, bio, joined_at, version, state, role, location, website,
                signature, thread_count, post_count, reactions_received, last_seen_at, touches
            FROM users INDEXED BY users_by_role
            WHERE role = ?1 AND role <> 'member' AND state <> 'deleted' ORDER BY id LIMIT ?2
            """, User.init(row:))
    }
}
