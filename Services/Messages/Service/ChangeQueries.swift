import Bytes
import MessagesAPI
import SQLite

/// The SQL of what happens to a message after it was posted.
extension Messages.Queries {
    static let snapshot = Query<(Int64, Int), MessageOutline>(
        """
        SELECT id, version, thread, number, user, state, created_at
        FROM messages WHERE id > ?1 ORDER BY id LIMIT ?2
        """, MessageOutline.init(row:))

    static let reactionSnapshot = Query<(Int64, Int), ReactionTotal>(
        """
        SELECT m.id, m.touches, m.user, count(*)
        FROM reactions r JOIN messages m ON m.id = r.message
        WHERE r.message > ?1 GROUP BY r.message ORDER BY r.message LIMIT ?2
        """, ReactionTotal.init(row:))

    /// id, reply_to, reply_user
    static let setReply = Query<(Int64, Int64, Int64), Void>(
        "UPDATE messages SET reply_to = ?2, reply_user = ?3 WHERE id = ?1")
    static let countReply = Query<(Int64, Int64), Void>(
        """
        UPDATE messages SET reply_count = reply_count + ?2, touches = touches + 1 WHERE id = ?1
        """)

    static let noteEditInThread = Query<Int64, Void>(
        """
        INSERT INTO thread_changes (thread, count) VALUES (?1, 1)
        ON CONFLICT (thread) DO UPDATE SET count = count + 1
        """)

    /// id, text, at
    static let edit = Query<(Int64, String, Int64), Void>(
        """
        UPDATE messages SET text = ?2, edited_at = ?3, edits = edits + 1, version = version + 1
        WHERE id = ?1
        """)
    /// id, state, reason
    static let setState = Query<(Int64, Int64, String?), Void>(
        "UPDATE messages SET state = ?2, reason = ?3, version = version + 1 WHERE id = ?1")
    /// id, thread, number
    static let move = Query<(Int64, Int64, Int64), Void>(
        """
        UPDATE messages SET thread = ?2, number = ?3, version = version + 1, reply_to = NULL,
            reply_user = NULL, reply_count = 0
        WHERE id = ?1
        """)
    /// Those that answer it answer nothing any more.
    static let leaveReplies = Query<Int64, Void>(
        """
        UPDATE messages SET reply_to = NULL, reply_user = NULL, touches = touches + 1
        WHERE reply_to = ?1
        """)

    // Gone for good: one statement for each table that knows of the message.

    static let notePurge = Query<(Int64, Int64, Int64), Void>(
        "INSERT INTO purged (id, thread, number) VALUES (?1, ?2, ?3)")
    static let purge = Query<Int64, Void>("DELETE FROM messages WHERE id = ?1")
    static let purgeRevisions = Query<Int64, Void>("DELETE FROM revisions WHERE message = ?1")
    static let purgeReactions = Query<Int64, Void>("DELETE FROM reactions WHERE message = ?1")
    static let purgeFlags = Query<Int64, Void>("DELETE FROM flags WHERE message = ?1")

    // Revisions. The list of a message that was never edited is made from the message.

    /// message, rev, user, at, reason, text
    static let insertRevision = Query<(Int64, Int64, Int64, Int64, String?, String), Void>(
        """
        INSERT INTO revisions (message, rev, user, at, reason, text)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6)
        """)
    static let revision = Query<(Int64, Int64), Revision>(
        "SELECT rev, user, at, reason, text FROM revisions WHERE message = ?1 AND rev = ?2",
        Revision.init(row:))
    static let revisionsAfter = Query<(Int64, Int64, Int64), Revision>(
        """
        SELECT rev, user, at, reason, text FROM revisions
        WHERE message = ?1 AND rev > ?2 ORDER BY rev LIMIT ?3
        """, Revision.init(row:))
    static let revisionsBefore = Query<(Int64, Int64, Int64), Revision>(
        """
        SELECT rev, user, at, reason, text FROM revisions
        WHERE message = ?1 AND rev < ?2 ORDER BY rev DESC LIMIT ?3
        """, Revision.init(row:))
}
