-- Deletions of accounts: jobs until every service has done its part. What a user was called and
-- had is kept beside for as long as the deletion can be undone, and is NULL from then on; of one
-- that was to be erased it never is kept.
CREATE TABLE deletions (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    user        INTEGER NOT NULL,
    mode        TEXT    NOT NULL CHECK (mode IN ('keep', 'anonymize', 'erase')),
    created_at  INTEGER NOT NULL,
    threads     TEXT    NOT NULL DEFAULT 'waiting' CHECK (threads IN ('waiting', 'done')),
    posts       TEXT    NOT NULL DEFAULT 'waiting' CHECK (posts IN ('waiting', 'done')),
    restored_at INTEGER,
    username    TEXT,
    name        TEXT,
    bio         TEXT,
    location    TEXT,
    website     TEXT,
    signature   TEXT,
    hash        TEXT,
    email       TEXT
) STRICT;
CREATE INDEX deletions_by_user ON deletions (user, id);
CREATE INDEX deletions_kept ON deletions (created_at) WHERE username IS NOT NULL;

-- Names of the deleted, which nobody takes for a year: whoever followed one would be deceived.
-- Only digests, because the names themselves have to be gone.
CREATE TABLE reserved_names (
    digest BLOB    PRIMARY KEY,
    until  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
