import Bytes
import MessagesAPI
import Routing
import SQLite

/// The SQL of flags.
extension Messages.Queries {
    static let flag = Query<Int64, Flag>(
        """
        SELECT id, message, user, reason, note, state, created_at, resolved_by
        FROM flags WHERE id = ?1
        """, Flag.init(row:))
    static let flagBy = Query<(Int64, Int64), Flag>(
        """
        SELECT id, message, user, reason, note, state, created_at, resolved_by
        FROM flags WHERE message = ?1 AND user = ?2
        """, Flag.init(row:))
    // A state, an id to start after or before, how many; and the categories, as a list in JSON, of
    // whose threads the flags are wanted, NULL for all.

    static let flagsAfter = Query<(Int64, Int64, Int64, String?), Flag>(
        """
        SELECT id, message, user, reason, note, state, created_at, resolved_by
        FROM flags WHERE state = ?1 AND id > ?2 AND (?4 IS NULL OR message IN (
            SELECT m.id FROM messages m JOIN thread_card t ON t.id = m.thread
            WHERE m.id = flags.message AND t.category IN (SELECT value FROM json_each(?4))))
        ORDER BY id LIMIT ?3
        """, Flag.init(row:))
    static let flagsBefore = Query<(Int64, Int64, Int64, String?), Flag>(
        """
        SELECT id, message, user, reason, note, state, created_at, resolved_by
        FROM flags WHERE state = ?1 AND id < ?2 AND (?4 IS NULL OR message IN (
            SELECT m.id FROM messages m JOIN thread_card t ON t.id = m.thread
            WHERE m.id = flags.message AND t.category IN (SELECT value FROM json_each(?4))))
        ORDER BY id DESC LIMIT ?3
        """, Flag.init(row:))
    static let flagsEnd = Query<Void, ETag>(
        "SELECT ifnull((SELECT max(id) FROM flags), 0), flags FROM list_changes"
    ) { ETag("f", $0.int64(0), version: $0.int64(1)) }

    /// message, user, reason, note, created_at
    static let insertFlag = Query<(Int64, Int64, String, String, Int64), Flag>(
        """
        INSERT INTO flags (message, user, reason, note, created_at) VALUES (?1, ?2, ?3, ?4, ?5)
        RETURNING id, message, user, reason, note, state, created_at, resolved_by
        """, Flag.init(row:))
    static let resolveFlag = Query<(Int64, Int64, Int64, Int64), Void>(
        "UPDATE flags SET state = ?2, resolved_by = ?3, resolved_at = ?4 WHERE id = ?1")
    static let resolveFlagsOf = Query<(Int64, Int64, Int64, Int64), Void>(
        """
        UPDATE flags SET state = ?2, resolved_by = ?3, resolved_at = ?4
        WHERE message = ?1 AND state = 0
        """)
    static let noteFlag = Query<Void, Void>("UPDATE list_changes SET flags = flags + 1")
}

extension Flag {
    /// Columns: id, message, user, reason, note, state, created_at, resolved_by.
    init(row: borrowing Row) {
        self.init(
            id: ID(row.int64(0)), post: ID(row.int64(1)), by: ID(row.int64(2)),
            reason: Reason(rawValue: row.text(3)) ?? .other, note: row.text(4),
            state: State(code: row.int64(5)), createdAt: Timestamp(milliseconds: row.int64(6)),
            resolvedBy: row.optionalInt64(7).map { ID($0) })
    }
}

extension Flag.State {
    /// As the store spells it.
    var code: Int64 {
        switch self {
        case .open: 0
        case .accepted: 1
        case .rejected: 2
        }
    }

    init(code: Int64) {
        switch code {
        case 1: self = .accepted
        case 2: self = .rejected
        default: self = .open
        }
    }
}
