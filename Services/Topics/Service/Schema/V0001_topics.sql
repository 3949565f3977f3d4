-- Topics of the forum. Times are milliseconds since 1970, UTC.
-- An id is never given twice: rows are marked as deleted, not removed.
-- created_by is an id of the users service; no foreign key reaches into another store.
CREATE TABLE topics (
    id         INTEGER PRIMARY KEY CHECK (id >= 1),
    title      TEXT    NOT NULL,
    created_by INTEGER NOT NULL CHECK (created_by >= 1),
    slug       TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    version    INTEGER NOT NULL
) STRICT;

-- Changes to lists other than appending at their end. The tag of a list is the last row's id and
-- this count, so that an insert costs nothing more and a tag costs two seeks.
CREATE TABLE list_changes (
    only  INTEGER PRIMARY KEY CHECK (only = 1),
    count INTEGER NOT NULL
) STRICT;

INSERT INTO list_changes (only, count) VALUES (1, 0);
