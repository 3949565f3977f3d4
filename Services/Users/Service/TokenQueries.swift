import Bytes
import Records
import SQLite
import UsersAPI

// The SQL of API tokens.
extension Users.Queries {
    static let tokenCard = Query<String, APITokenCard>(
        """
        SELECT hash, version, user, scopes, expires_at, is_revoked FROM api_tokens
        WHERE hash = ?1
        """, APITokenCard.init(row:))
    /// The digest to start after, and how many rows.
    static let tokenCardsAfter = Query<(String, Int), APITokenCard>(
        """
        SELECT hash, version, user, scopes, expires_at, is_revoked FROM api_tokens
        WHERE hash > ?1 ORDER BY hash LIMIT ?2
        """, APITokenCard.init(row:))
    /// Those of ?1 that work, and those that have expired; newest first.
    static let tokensOf = Query<Int64, APIToken>(
        """
        SELECT id, name, scopes, created_at, expires_at FROM api_tokens
        WHERE user = ?1 AND is_revoked = 0 ORDER BY id DESC
        """, APIToken.init(row:))
    /// hash, user, name, scopes, created_at, expires_at
    static let addToken = Query<(String, Int64, String, String, Int64, Int64?), APIToken>(
        """
        INSERT INTO api_tokens (hash, version, user, name, scopes, created_at, expires_at)
        VALUES (?1, 1, ?2, ?3, ?4, ?5, ?6)
        RETURNING id, name, scopes, created_at, expires_at
        """, APIToken.init(row:))
    /// The token ?1 if it is one of ?2 and still there. Its name is forgotten.
    static let revokeToken = Query<(Int64, Int64), APITokenCard>(
        """
        UPDATE api_tokens SET is_revoked = 1, version = version + 1, name = ''
        WHERE id = ?1 AND user = ?2 AND is_revoked = 0
        RETURNING hash, version, user, scopes, expires_at, is_revoked
        """, APITokenCard.init(row:))
}

extension APIToken {
    /// Columns: id, name, scopes with spaces between, created_at, expires_at.
    fileprivate init(row: borrowing Row) {
        self.init(
            id: ID(row.int64(0)), name: row.text(1),
            scopes: row.text(2).split(separator: " ").map(String.init),
            createdAt: Timestamp(milliseconds: row.int64(3)),
            expiresAt: row.optionalInt64(4).map { Timestamp(milliseconds: $0) })
    }
}
