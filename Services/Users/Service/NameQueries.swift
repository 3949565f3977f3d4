import SQLite
import UsersAPI

// The SQL of names that users have had.
extension Users.Queries {
    /// Who was called ?1 and keeps the name at the time ?2.
    static let formerName = Query<(String, Int64), Int64>(
        "SELECT user FROM former_names WHERE username = ?1 AND until > ?2"
    ) { $0.int64(0) }
}
