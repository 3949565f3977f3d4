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
    static let lastAudit = Query<Void, Int64>("SELECT ifnull(max(id), 0) FROM audit") {
        $0.int64(0)
    }
    /// The id to end before, and how many rows; newest first.
    static let auditBefore = Query<(Int64, Int64), AuditEntry>(
        """
        SELECT id, at, actor, action, target, before, after FROM audit
        WHERE id < ?1 ORDER BY id DESC LIMIT ?2
        """, AuditEntry.init(row:))
    static let auditAfter = Query<(Int64, Int64), AuditEntry>(
        """
        SELECT id, at, actor, action, target, before, after FROM audit
        WHERE id > ?1 ORDER BY id LIMIT ?2
        """, AuditEntry.init(row:))
    /// Names that ?1 has had.
    static let forgetNames = Query<Int64, Void>(
        """
        UPDATE audit SET before = NULL, after = NULL WHERE target = ?1 AND action = 'username'
        """)
}

extension AuditEntry {
    /// Columns: id, at, actor, action, target, before, after.
    fileprivate init(row: borrowing Row) {
        self.init(
            id: ID(row.int64(0)), at: Timestamp(milliseconds: row.int64(1)),
            actor: row.optionalInt64(2).map { ID($0) }, action: row.text(3),
            target: ID(row.int64(4)), before: row.optionalText(5), after: row.optionalText(6))
    }
}
