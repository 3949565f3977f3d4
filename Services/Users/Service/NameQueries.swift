import SQLite
import UsersAPI

// The SQL of names: who is called so, who begins so, who was called so.
extension Users.Queries {
    /// Who was called ?1 and keeps the name at the time ?2.
    static let formerName = Query<(String, Int64), Int64>(
        "SELECT user FROM former_names WHERE username = ?1 AND until > ?2"
    ) { $0.int64(0) }
    /// username, user, until
    static let addFormerName = Query<(String, Int64, Int64), Void>(
        """
        INSERT INTO former_names (username, user, until) VALUES (?1, ?2, ?3)
        ON CONFLICT (username) DO UPDATE SET user = ?2, until = ?3
        """)
    static let removeFormerName = Query<String, Void>(
        "DELETE FROM former_names WHERE username = ?1")
    /// Those of ?1 that it keeps at the time ?2, at most ?3 of them.
    static let formerNamesOf = Query<(Int64, Int64, Int), String>(
        "SELECT username FROM former_names WHERE user = ?1 AND until > ?2 LIMIT ?3"
    ) { $0.text(0) }
    static let removeExpiredNames = Query<(Int64, Int64), Void>(
        "DELETE FROM former_names WHERE user = ?1 AND until <= ?2")
    static let removeFormerNames = Query<Int64, Void>("DELETE FROM former_names WHERE user = ?1")
    /// From ?1 to ?2, both whatever their case, at most ?3.
    static let usersBetween = Query<(String, String, Int), User>(
        """
        SELECT id, username, name, bio, joined_at, version, state, role, location, website,
            signature, thread_count, post_count, reactions_received, last_seen_at, touches
        FROM users
        WHERE username >= ?1 COLLATE NOCASE AND username < ?2 COLLATE NOCASE
        ORDER BY username COLLATE NOCASE LIMIT ?3
        """, User.init(row:))
}
