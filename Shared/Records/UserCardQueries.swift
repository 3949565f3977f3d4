import Routing
package import SQLite

extension UserCards {
    /// All SQL of the copies of accounts and API tokens.
    enum Queries {
        static let card = Query<Int64, UserCard>(
            "SELECT id, version, username, name, avatar, state FROM user_card WHERE id = ?1",
            UserCard.init(row:))
        static let named = Query<String, UserCard>(
            """
            SELECT id, version, username, name, avatar, state FROM user_card
            WHERE username = ?1 COLLATE NOCASE AND state <> 'deleted'
            ORDER BY version DESC LIMIT 1
            """, UserCard.init(row:))
        static let standing = Query<Int64, Standing>(
            """
            SELECT session_version, state, role, ban_scope, ban_until, joined_at
            FROM user_card WHERE id = ?1
            """, Standing.init(row:))
        static let token = Query<String, APITokenCard>(
            """
            SELECT hash, version, user, scopes, expires_at, is_revoked
            FROM token_card WHERE hash = ?1
            """, APITokenCard.init(row:))

        /// id, version, username, name, avatar, state, role, ban_scope, ban_until,
        /// session_version, joined_at
        static let upsertUser = Query<
            (
                Int64, Int64, String, String, String, String, String, String?, Int64?, Int64, Int64
            ), Void
        >(
            """
            INSERT INTO user_card (id, version, username, name, avatar, state, role, ban_scope,
                ban_until, session_version, joined_at)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
            ON CONFLICT (id) DO UPDATE SET version = ?2, username = ?3, name = ?4, avatar = ?5,
                state = ?6, role = ?7, ban_scope = ?8, ban_until = ?9, session_version = ?10,
                joined_at = ?11
            WHERE ?2 > user_card.version
            """)
        /// hash, version, user, scopes, expires_at, is_revoked
        static let upsertToken = Query<(String, Int64, Int64, String, Int64?, Bool), Void>(
            """
            INSERT INTO token_card (hash, version, user, scopes, expires_at, is_revoked)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6)
            ON CONFLICT (hash) DO UPDATE SET version = ?2, user = ?3, scopes = ?4,
                expires_at = ?5, is_revoked = ?6
            WHERE ?2 > token_card.version
            """)
        static let markUsers = Query<Void, Void>("UPDATE user_card SET version = 0")
        static let markTokens = Query<Void, Void>("UPDATE token_card SET version = 0")
        static let sweepUsers = Query<Void, Void>("DELETE FROM user_card WHERE version = 0")
        static let sweepTokens = Query<Void, Void>("DELETE FROM token_card WHERE version = 0")
    }
}

extension UserCard {
    /// Columns: id, version, username, name, avatar, state.
    fileprivate convenience init(row: borrowing Row) {
        self.init(
            id: row.int64(0), version: row.int64(1), username: row.text(2), name: row.text(3),
            avatar: row.text(4), state: AccountState(rawValue: row.text(5)) ?? .unknown)
    }
}

extension Standing {
    /// Columns: session_version, state, role, ban_scope, ban_until, joined_at.
    package init(row: borrowing Row) {
        let reach = row.optionalText(3).flatMap(Ban.Reach.init(rawValue:))
        self.init(
            sessionVersion: row.int64(0), state: AccountState(rawValue: row.text(1)) ?? .unknown,
            role: Role(rawValue: row.text(2)) ?? .member,
            ban: reach.map { Ban($0, untilMilliseconds: row.optionalInt64(4)) },
            joinedAtMilliseconds: row.int64(5))
    }
}

extension APITokenCard {
    /// Columns: hash, version, user, scopes with spaces between, expires_at, is_revoked.
    package init(row: borrowing Row) {
        self.init(
            hash: row.text(0), version: row.int64(1), user: row.int64(2),
            scopes: row.text(3).split(separator: " ").map(String.init),
            expiresAtMilliseconds: row.optionalInt64(4), isRevoked: row.bool(5))
    }
}
