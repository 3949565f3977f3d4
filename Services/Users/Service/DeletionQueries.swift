import Bytes
import SQLite
import UsersAPI

// The SQL of deletions and of what is kept beside them.
extension Users.Queries {
    static let job = Query<Int64, Job>(
        "SELECT id, user, mode, threads, posts, created_at FROM deletions WHERE id = ?1",
        Job.init(row:))
    /// user, mode, created_at
    static let addDeletion = Query<(Int64, String, Int64), Job>(
        """
        INSERT INTO deletions (user, mode, created_at) VALUES (?1, ?2, ?3)
        RETURNING id, user, mode, threads, posts, created_at
        """, Job.init(row:))
    /// id, username, name, bio, location, website, signature
    static let keepProfile = Query<
        (Int64, String, String, String, String, String, String), Void
    >(
        """
        UPDATE deletions SET username = ?2, name = ?3, bio = ?4, location = ?5, website = ?6,
            signature = ?7
        WHERE id = ?1
        """)
    /// Copies what the user ?2 signs in with.
    static let keepCredential = Query<(Int64, Int64), Void>(
        """
        UPDATE deletions SET
            hash = (SELECT hash FROM credentials WHERE user = ?2),
            email = (SELECT email FROM emails WHERE user = ?2)
        WHERE id = ?1
        """)
    static let lastDeletion = Query<Int64, Deletion>(
        """
        SELECT id, mode, created_at, username, name, bio, location, website, signature, hash, email
        FROM deletions WHERE user = ?1 AND restored_at IS NULL ORDER BY id DESC LIMIT 1
        """, Deletion.init(row:))
    static let restoreDeletion = Query<(Int64, Int64), Void>(
        """
        UPDATE deletions SET restored_at = ?2, username = NULL, name = NULL, bio = NULL,
            location = NULL, website = NULL, signature = NULL, hash = NULL, email = NULL
        WHERE id = ?1
        """)
    /// Those up to ?1, a hundred at a time: a deletion forgets more than one, so none is left
    /// behind.
    static let forgetDeletions = Query<Int64, Void>(
        """
        UPDATE deletions SET username = NULL, name = NULL, bio = NULL, location = NULL,
            website = NULL, signature = NULL, hash = NULL, email = NULL
        WHERE id IN (
            SELECT id FROM deletions WHERE username IS NOT NULL AND created_at <= ?1 LIMIT 100)
        """)
    // An answer to one deletion of a user (?2) answers those before it, and none that came later.
    static let threadsDone = Query<(Int64, Int64), Void>(
        "UPDATE deletions SET threads = 'done' WHERE user = ?1 AND id <= ?2")
    static let postsDone = Query<(Int64, Int64), Void>(
        "UPDATE deletions SET posts = 'done' WHERE user = ?1 AND id <= ?2")

    static let reservedName = Query<([UInt8], Int64), Int64>(
        "SELECT until FROM reserved_names WHERE digest = ?1 AND until > ?2"
    ) { $0.int64(0) }
    static let reserveName = Query<([UInt8], Int64), Void>(
        """
        INSERT INTO reserved_names (digest, until) VALUES (?1, ?2)
        ON CONFLICT (digest) DO UPDATE SET until = ?2
        """)
    static let freeName = Query<[UInt8], Void>("DELETE FROM reserved_names WHERE digest = ?1")
}

/// A deletion with what can still be brought back.
struct Deletion: Sendable {
    let id: Int64
    let mode: DeletionMode
    let createdAt: Int64
    let profile: Profile?

    /// What a user was called and had.
    struct Profile: Sendable {
        let username: String
        let name: String
        let bio: String
        let location: String
        let website: String
        let signature: String
        let hash: String?
        let email: String?
    }
}

extension Deletion {
    /// Columns: id, mode, created_at, username, name, bio, location, website, signature, hash,
    /// email.
    fileprivate init(row: borrowing Row) {
        id = row.int64(0)
        mode = DeletionMode(rawValue: row.text(1)) ?? .erase
        createdAt = row.int64(2)
        guard let username = row.optionalText(3) else {
            profile = nil
            return
        }
        profile = Profile(
            username: username, name: row.text(4), bio: row.text(5), location: row.text(6),
            website: row.text(7), signature: row.text(8), hash: row.optionalText(9),
            email: row.optionalText(10))
    }
}

extension Job {
    /// Columns: id, user, mode, threads, posts, created_at.
    fileprivate init(row: borrowing Row) {
        self.init(
            id: ID(row.int64(0)), user: ID(row.int64(1)),
            mode: DeletionMode(rawValue: row.text(2)) ?? .erase,
            threads: Progress(rawValue: row.text(3)) ?? .waiting,
            posts: Progress(rawValue: row.text(4)) ?? .waiting,
            createdAt: Timestamp(milliseconds: row.int64(5)))
    }
}
