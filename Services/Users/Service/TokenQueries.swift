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
}
