extension Outbox {
    /// The tables of this module, for one of the service's own migrations:
    /// `Migration(2, "outbox", Outbox.schema)`. It is never edited once it was released; a change
    /// becomes a text of its own.
    package static let schema: [UInt8] = Array(
        """
        -- What this store tells other services. There is one writer, so seq is the order of
        -- commits; AUTOINCREMENT never gives a number twice, also when the last row is gone.
        -- version 0: a fact. The body is last: whoever looks for keys does not read it.
        CREATE TABLE outbox (
            seq     INTEGER PRIMARY KEY AUTOINCREMENT,
            at      INTEGER NOT NULL,
            kind    TEXT    NOT NULL,
            key     ANY     NOT NULL,
            version INTEGER NOT NULL CHECK (version >= 0),
            body    TEXT    NOT NULL
        ) STRICT;

        -- Whether a newer row of the same key exists, and all rows of a key.
        CREATE INDEX outbox_by_key ON outbox (kind, key);

        -- Which life of the outbox this is, and up to where facts have been removed from it.
        CREATE TABLE feed_epoch (
            only  INTEGER PRIMARY KEY CHECK (only = 1),
            epoch TEXT    NOT NULL,
            floor INTEGER NOT NULL
        ) STRICT;

        INSERT INTO feed_epoch (only, epoch, floor) VALUES (1, lower(hex(randomblob(8))), 0);

        -- How far this store has followed each source. While copy_kind is set, a snapshot of that
        -- kind is being copied and has come as far as copy_after; copy_until ends a partial one.
        -- behind_since: since when it has not known to be up to date.
        CREATE TABLE feed_cursor (
            source       TEXT    PRIMARY KEY,
            epoch        TEXT    NOT NULL,
            seq          INTEGER NOT NULL,
            at           INTEGER NOT NULL,
            behind_since INTEGER,
            copy_kind    TEXT,
            copy_after   ANY,
            copy_until   INTEGER
        ) STRICT, WITHOUT ROWID;

        -- Which of several processes over this file follows a source, and until when.
        CREATE TABLE projector_lease (
            source  TEXT    PRIMARY KEY,
            holder  TEXT    NOT NULL,
            term    INTEGER NOT NULL,
            ends_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        """.utf8)
}
