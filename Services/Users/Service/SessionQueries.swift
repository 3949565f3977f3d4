import Bytes
import SQLite
import UsersAPI

// The SQL of sessions and their refresh tokens.
extension Users.Queries {
    /// user, now, address, agent
    static let beginSession = Query<(Int64, Int64, String, String), Void>(
        """
        INSERT INTO sessions (user, created_at, last_used_at, address, agent)
        VALUES (?1, ?2, ?2, ?3, ?4)
        """)
    static let session = Query<Int64, OwnedSession>(
        """
        SELECT id, created_at, last_used_at, address, agent, user FROM sessions WHERE id = ?1
        """
    ) { OwnedSession(session: Session(row: $0), user: $0.int64(5)) }
    /// Those of ?1 that were used after ?2, newest first; there are at most
    /// `SessionLimits.sessionsMax`.
    static let sessionsOf = Query<(Int64, Int64), Session>(
        """
        SELECT id, created_at, last_used_at, address, agent FROM sessions
        WHERE user = ?1 AND last_used_at > ?2 ORDER BY id DESC
        """, Session.init(row:))
    /// Now, unless that is known since ?3.
    static let noteSeen = Query<(Int64, Int64, Int64), Void>(
        """
        UPDATE users SET last_seen_at = ?2, touches = touches + 1
        WHERE id = ?1 AND ifnull(last_seen_at, 0) <= ?3
        """)
    static let forgetSeen = Query<Int64, Void>(
        "UPDATE users SET last_seen_at = NULL WHERE id = ?1")
    static let useSession = Query<(Int64, Int64), Void>(
        "UPDATE sessions SET last_used_at = ?2 WHERE id = ?1")
    /// The sessions of ?1 but ?2.
    static let otherSessions = Query<(Int64, Int64), Int64>(
        "SELECT id FROM sessions WHERE user = ?1 AND id <> ?2"
    ) { $0.int64(0) }
    /// The sessions of ?1 beyond the newest ?2.
    static let surplusSessions = Query<(Int64, Int), Int64>(
        "SELECT id FROM sessions WHERE user = ?1 ORDER BY id DESC LIMIT -1 OFFSET ?2"
    ) { $0.int64(0) }
    static let removeSession = Query<Int64, Void>("DELETE FROM sessions WHERE id = ?1")
    static let removeRefreshTokens = Query<Int64, Void>(
        "DELETE FROM refresh_tokens WHERE session = ?1")

    static let refreshToken = Query<[UInt8], RefreshToken>(
        "SELECT session, issued_at, used_at FROM refresh_tokens WHERE digest = ?1"
    ) {
        RefreshToken(
            session: $0.int64(0), issuedAt: $0.int64(1), usedAt: $0.optionalInt64(2))
    }
    /// digest, session, now
    static let addRefreshToken = Query<([UInt8], Int64, Int64), Void>(
        "INSERT INTO refresh_tokens (digest, session, issued_at) VALUES (?1, ?2, ?3)")
    static let useRefreshToken = Query<([UInt8], Int64), Void>(
        "UPDATE refresh_tokens SET used_at = ?2 WHERE digest = ?1")
    /// Those of the session ?1 from before ?2: too old to be good for anything.
    static let removeOldRefreshTokens = Query<(Int64, Int64), Void>(
        "DELETE FROM refresh_tokens WHERE session = ?1 AND issued_at < ?2")
}

/// A session and whose it is.
struct OwnedSession: Sendable {
    let session: Session
    let user: Int64
}

/// What the store keeps of a refresh token.
struct RefreshToken: Sendable {
    let session: Int64
    let issuedAt: Int64
    let usedAt: Int64?
}

extension Session {
    /// Columns: id, created_at, last_used_at, address, agent.
    fileprivate init(row: borrowing Row) {
        self.init(
            id: ID(row.int64(0)), createdAt: Timestamp(milliseconds: row.int64(1)),
            lastUsedAt: Timestamp(milliseconds: row.int64(2)), address: row.text(3),
            agent: row.text(4))
    }
}
