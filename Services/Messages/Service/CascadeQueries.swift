import SQLite

/// The SQL of what deleted accounts leave behind.
extension Messages.Queries {
    /// user, mode, job. Heard again it begins nothing anew; a later deletion of a user who was
    /// restored in between does.
    static let beginCascade = Query<(Int64, String, Int64), Void>(
        """
        INSERT INTO cascades (user, mode, job) VALUES (?1, ?2, ?3)
        ON CONFLICT (user) DO UPDATE SET mode = ?2, stage = 0, "after" = 0, job = ?3
        WHERE ?3 > job OR (?3 = job AND mode <> ?2)
        """)
    static let openCascade = Query<Void, Cascade>(
        """
        SELECT user, mode, stage, "after", job FROM cascades
        WHERE stage < 4 ORDER BY user LIMIT 1
        """, Cascade.init(row:))
    /// user, stage, after
    static let noteCascade = Query<(Int64, Int64, Int64), Void>(
        "UPDATE cascades SET stage = ?2, \"after\" = ?3 WHERE user = ?1")

    // A user, a key to start after, how many rows.

    static let writtenBy = Query<(Int64, Int64, Int64), Int64>(
        "SELECT id FROM messages WHERE user = ?1 AND id > ?2 ORDER BY id LIMIT ?3"
    ) { $0.int64(0) }
    static let reactionsBy = Query<(Int64, Int64, Int64), (Int64, String)>(
        """
        SELECT message, emoji FROM reactions WHERE user = ?1 AND message > ?2
        ORDER BY message LIMIT ?3
        """
    ) { ($0.int64(0), $0.text(1)) }
    static let flaggedBy = Query<(Int64, Int64, Int64), Int64>(
        "SELECT id FROM flags WHERE user = ?1 AND id > ?2 ORDER BY id LIMIT ?3"
    ) { $0.int64(0) }
    static let mentioning = Query<(Int64, Int64, Int64), Int64>(
        """
        SELECT message FROM mentions WHERE user = ?1 AND message > ?2
        ORDER BY message LIMIT ?3
        """
    ) { $0.int64(0) }

    static let eraseText = Query<(Int64, String), Void>(
        """
        UPDATE messages SET text = ?2, edited_at = NULL, edits = 0, reason = NULL,
            version = version + 1
        WHERE id = ?1
        """)
    static let eraseNote = Query<Int64, Void>("UPDATE flags SET note = '' WHERE id = ?1")
    static let reword = Query<(Int64, String), Void>(
        "UPDATE messages SET text = ?2, version = version + 1 WHERE id = ?1")
    static let rewordRevision = Query<(Int64, Int64, String), Void>(
        "UPDATE revisions SET text = ?3 WHERE message = ?1 AND rev = ?2")
    static let forgetMention = Query<(Int64, Int64), Void>(
        "DELETE FROM mentions WHERE user = ?1 AND message = ?2")
}
