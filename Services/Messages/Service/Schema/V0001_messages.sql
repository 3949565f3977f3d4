-- Messages of the forum. Times are milliseconds since 1970, UTC.
-- An id is never given twice: rows are marked as deleted, not removed.
-- thread and user are ids of the other services; no foreign key reaches into another store.
CREATE TABLE messages (
    id         INTEGER PRIMARY KEY CHECK (id >= 1),
    thread     INTEGER NOT NULL CHECK (thread >= 1),
    number     INTEGER NOT NULL CHECK (number >= 1),
    user       INTEGER NOT NULL CHECK (user >= 1),
    text       TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    version    INTEGER NOT NULL
) STRICT;

-- Pages of a thread, its last number, and the promise that numbers are unique within it.
CREATE UNIQUE INDEX messages_in_thread ON messages (thread, number);

-- Pages of a user: every index of SQLite ends with the id.
CREATE INDEX messages_by_user ON messages (user);

-- Which line of an imported file became which message: such lines have no id, so their place and a
-- checksum of their content are their identity.
CREATE TABLE message_places (
    place    INTEGER NOT NULL,
    checksum INTEGER NOT NULL,
    message  INTEGER NOT NULL,
    PRIMARY KEY (place, checksum)
) STRICT, WITHOUT ROWID;

-- Changes to lists other than appending at their end. The tag of a list is its last row's id or
-- number and this count, so that an insert costs nothing more and a tag costs two seeks.
CREATE TABLE list_changes (
    only  INTEGER PRIMARY KEY CHECK (only = 1),
    count INTEGER NOT NULL
) STRICT;

INSERT INTO list_changes (only, count) VALUES (1, 0);
