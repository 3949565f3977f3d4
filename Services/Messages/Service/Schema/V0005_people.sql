-- Whom a message mentions, as far as that was made when it was written: so that a user finds what
-- concerns him, and his name can be taken out of what others wrote.
CREATE TABLE mentions (
    user    INTEGER NOT NULL,
    message INTEGER NOT NULL,
    PRIMARY KEY (user, message)
) STRICT, WITHOUT ROWID;

CREATE INDEX mentions_in_message ON mentions (message);

CREATE INDEX flags_by_user ON flags (user);

-- Accounts that were deleted, and how far their traces are gone from here. stage: 0 texts,
-- 1 reactions, 2 flags, 3 mentions, 4 done. after: the last message that was worked off.
CREATE TABLE cascades (
    user    INTEGER PRIMARY KEY,
    mode    TEXT    NOT NULL,
    stage   INTEGER NOT NULL DEFAULT 0,
    "after" INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX cascades_open ON cascades (stage) WHERE stage < 4;

-- How far messages that were loaded in bulk, or are older than all this, have been interpreted: the
-- last id that was looked at.
CREATE TABLE interpreted (
    only    INTEGER PRIMARY KEY CHECK (only = 1),
    "after" INTEGER NOT NULL
) STRICT;

INSERT INTO interpreted (only, "after") VALUES (1, 0);
