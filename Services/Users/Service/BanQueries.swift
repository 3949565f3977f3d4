import Bytes
import Routing
import SQLite
import UsersAPI

// The SQL of bans.
extension Users.Queries {
    static let ban = Query<Int64, BanRecord>(
        """
        SELECT id, user, scope, reason, until, by, created_at, lifted_at FROM bans WHERE id = ?1
        """, BanRecord.init(row:))
    /// Newest first.
    static let bansOf = Query<(Int64, Int), BanRecord>(
        """
        SELECT id, user, scope, reason, until, by, created_at, lifted_at FROM bans
        WHERE user = ?1 ORDER BY id DESC LIMIT ?2
        """, BanRecord.init(row:))
    /// user, scope, reason, until, by, created_at
    static let addBan = Query<(Int64, String, String, Int64?, Int64?, Int64), BanRecord>(
        """
        INSERT INTO bans (user, scope, reason, until, by, created_at)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        RETURNING id, user, scope, reason, until, by, created_at, lifted_at
        """, BanRecord.init(row:))
    static let liftBans = Query<(Int64, Int64), Void>(
        "UPDATE bans SET lifted_at = ?2 WHERE user = ?1 AND lifted_at IS NULL")
    static let removeBans = Query<Int64, Void>("DELETE FROM bans WHERE user = ?1")
}

extension BanRecord {
    /// Columns: id, user, scope, reason, until, by, created_at, lifted_at.
    fileprivate init(row: borrowing Row) {
        self.init(
            id: ID(row.int64(0)), user: ID(row.int64(1)),
            reach: Ban.Reach(rawValue: row.text(2)) ?? .all, reason: row.text(3),
            until: row.optionalInt64(4).map { Timestamp(milliseconds: $0) },
            by: row.optionalInt64(5).map { ID($0) },
            createdAt: Timestamp(milliseconds: row.int64(6)),
            liftedAt: row.optionalInt64(7).map { Timestamp(milliseconds: $0) })
    }
}
