import Bytes
import SQLite
import UsersAPI

// The SQL of the record of what was done.
extension Users.Queries {
    /// at, actor, action, target, before, after
    static let addAudit = Query<(Int64, Int64?, String, Int64, String?, String?), Void>(
        """
        INSERT INTO audit (at, actor, action, target, before, after)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        """)
}
