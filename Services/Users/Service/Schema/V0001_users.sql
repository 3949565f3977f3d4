-- Members of the forum. Times are milliseconds since 1970, UTC.
-- An id is never given twice: rows are marked as deleted, not removed.
CREATE TABLE users (
    id        INTEGER PRIMARY KEY CHECK (id >= 1),
    username  TEXT    NOT NULL,
    name      TEXT    NOT NULL,
    bio       TEXT    NOT NULL,
    joined_at INTEGER NOT NULL,
    version   INTEGER NOT NULL
) STRICT;

-- Usernames are ASCII, so folding them is what NOCASE does.
CREATE UNIQUE INDEX users_by_username ON users (username COLLATE NOCASE);

-- Changes to lists other than appending at their end. The tag of a list is the last row's id and
-- this count, so that an insert costs nothing more and a tag costs two seeks.
CREATE TABLE list_changes (
    only  INTEGER PRIMARY KEY CHECK (only = 1),
    count INTEGER NOT NULL
) STRICT;

INSERT INTO list_changes (only, count) VALUES (1, 0);
