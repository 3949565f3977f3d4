import Bytes
import Identity
import Outbox
import Records
import Routing
import SQLite
import UsersAPI

// The SQL of accounts: users with what decides about access.
extension Users.Queries {
    static let account = Query<Int64, Account>(
        """
        SELECT id, username, name, bio, joined_at, version, state, role, location, website,
            signature, thread_count, post_count, reactions_received, last_seen_at, touches,
            session_version, ban_scope, ban_until
        FROM users WHERE id = ?1
        """, Account.init(row:))
    /// What every request with a token asks for, and no more.
    static let standing = Query<Int64, Standing>(
        """
        SELECT session_version, state, role, ban_scope, ban_until, joined_at
        FROM users WHERE id = ?1
        """, Standing.init(row:))
    /// The id to start after, and how many rows: what snapshots are made of.
    static let accountsAfter = Query<(Int64, Int), Account>(
        """
        SELECT id, username, name, bio, joined_at, version, state, role, location, website,
            signature, thread_count, post_count, reactions_received, last_seen_at, touches,
            session_version, ban_scope, ban_until
        FROM users WHERE id > ?1 ORDER BY id LIMIT ?2
        """, Account.init(row:))

    /// id, username, name, bio, version, state, role, location, website, signature,
    /// session_version, ban_scope, ban_until
    static let update = Query<
        (
            Int64, String, String, String, Int64, String, String, String, String, String, Int64,
            String?, Int64?
        ), Void
    >(
        """
        UPDATE users SET username = ?2, name = ?3, bio = ?4, version = ?5, state = ?6, role = ?7,
            location = ?8, website = ?9, signature = ?10, session_version = ?11, ban_scope = ?12,
            ban_until = ?13
        WHERE id = ?1
        """)

    /// Whether there is an active admin other than ?1.
    static let otherAdmin = Query<Int64, Int64>(
        "SELECT id FROM users WHERE role = 'admin' AND state = 'active' AND id <> ?1 LIMIT 1"
    ) { $0.int64(0) }

    static let credentialOfName = Query<String, Credential>(
        """
        SELECT user, hash FROM credentials
        WHERE user = (SELECT id FROM users WHERE username = ?1 COLLATE NOCASE)
        """, Credential.init(row:))
    static let credential = Query<Int64, Credential>(
        "SELECT user, hash FROM credentials WHERE user = ?1", Credential.init(row:))
    /// user, hash, changed_at
    static let setCredential = Query<(Int64, String, Int64), Void>(
        """
        INSERT INTO credentials (user, hash, changed_at) VALUES (?1, ?2, ?3)
        ON CONFLICT (user) DO UPDATE SET hash = ?2, changed_at = ?3
        """)
    static let removeCredential = Query<Int64, Void>("DELETE FROM credentials WHERE user = ?1")

    static let email = Query<Int64, Email>(
        "SELECT email, is_verified FROM emails WHERE user = ?1"
    ) { Email(address: $0.text(0), isVerified: $0.bool(1)) }
    /// Another address is not verified yet, the same one stays as it was.
    static let setEmail = Query<(Int64, String), Void>(
        """
        INSERT INTO emails (user, email) VALUES (?1, ?2)
        ON CONFLICT (user) DO UPDATE SET email = ?2, is_verified = 0 WHERE email <> ?2
        """)
    static let removeEmail = Query<Int64, Void>("DELETE FROM emails WHERE user = ?1")

    static let isSetupUsed = Query<[UInt8], Int64>("SELECT at FROM setup_uses WHERE digest = ?1") {
        $0.int64(0)
    }
    static let useSetup = Query<([UInt8], Int64), Void>(
        "INSERT INTO setup_uses (digest, at) VALUES (?1, ?2)")
}

/// What an account's password is recognised by.
struct Credential: Equatable, Sendable {
    let user: Int64
    /// As `PasswordHash.text`.
    let hash: String

    init(row: borrowing Row) {
        user = row.int64(0)
        hash = row.text(1)
    }
}

/// Where mail goes, and whether some has arrived there.
struct Email: Equatable, Sendable {
    let address: String
    let isVerified: Bool
}

extension Account {
    /// Columns: those of a user, then session_version, ban_scope, ban_until.
    fileprivate init(row: borrowing Row) {
        let reach = row.optionalText(17).flatMap(Ban.Reach.init(rawValue:))
        self.init(
            user: User(row: row), sessionVersion: row.int64(16),
            ban: reach.map { Ban($0, untilMilliseconds: row.optionalInt64(18)) })
    }
}
