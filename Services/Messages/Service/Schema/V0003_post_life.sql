-- What happens to a message after it was posted: edits, removals, replies, reactions, flags; and
-- the copy of what the threads service says of each thread.

-- edits: how often the text was changed. state: 0 visible, 1 deleted by its author, 2 removed by a
-- moderator. reason: why it was deleted or removed. touches: changes that are not edits, such as
-- reactions and replies; they tell representations apart without making an edit fail.
ALTER TABLE messages ADD COLUMN edited_at INTEGER;
ALTER TABLE messages ADD COLUMN edits INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN state INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN reason TEXT;
ALTER TABLE messages ADD COLUMN touches INTEGER NOT NULL DEFAULT 0;

-- The message it answers, whose author never changes, and how many visible ones answer it.
ALTER TABLE messages ADD COLUMN reply_to INTEGER;
ALTER TABLE messages ADD COLUMN reply_user INTEGER;
ALTER TABLE messages ADD COLUMN reply_count INTEGER NOT NULL DEFAULT 0;

-- JSON as it is sent, NULL for none: [{"emoji":"…","count":3}].
ALTER TABLE messages ADD COLUMN reactions TEXT;

-- What the text means, made when it is written: JSON as it is sent, NULL for none. html NULL: made
-- when it is read, as for messages that were loaded in bulk or are older than this column.
ALTER TABLE messages ADD COLUMN html TEXT;
ALTER TABLE messages ADD COLUMN mentions TEXT;
ALTER TABLE messages ADD COLUMN quotes TEXT;

CREATE INDEX messages_replies ON messages (reply_to) WHERE reply_to IS NOT NULL;

-- Every text of a message that was edited, the first and the present one among them.
CREATE TABLE revisions (
    message INTEGER NOT NULL,
    rev     INTEGER NOT NULL,
    user    INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    reason  TEXT,
    text    TEXT    NOT NULL,
    PRIMARY KEY (message, rev)
) STRICT;

CREATE TABLE reactions (
    message INTEGER NOT NULL,
    user    INTEGER NOT NULL,
    emoji   TEXT    NOT NULL,
    at      INTEGER NOT NULL,
    PRIMARY KEY (message, user, emoji)
) STRICT, WITHOUT ROWID;

CREATE INDEX reactions_by_emoji ON reactions (message, emoji, user);
CREATE INDEX reactions_by_user ON reactions (user);

-- state: 0 open, 1 accepted, 2 rejected.
CREATE TABLE flags (
    id          INTEGER PRIMARY KEY,
    message     INTEGER NOT NULL,
    user        INTEGER NOT NULL,
    reason      TEXT    NOT NULL,
    note        TEXT    NOT NULL,
    state       INTEGER NOT NULL DEFAULT 0,
    created_at  INTEGER NOT NULL,
    resolved_by INTEGER,
    resolved_at INTEGER,
    UNIQUE (message, user)
) STRICT;

CREATE INDEX flags_by_state ON flags (state);

-- Messages that are gone for good. Their ids and numbers are not given again.
CREATE TABLE purged (
    id     INTEGER PRIMARY KEY,
    thread INTEGER NOT NULL,
    number INTEGER NOT NULL
) STRICT;

CREATE INDEX purged_in_thread ON purged (thread, number);

-- Messages that another service asked for, each under the key it gave.
CREATE TABLE message_keys (
    key     TEXT PRIMARY KEY,
    message INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Changes within the lists of one thread, within all other lists of messages, and of flags.
CREATE TABLE thread_changes (
    thread INTEGER PRIMARY KEY,
    count  INTEGER NOT NULL
) STRICT;

ALTER TABLE list_changes ADD COLUMN edits INTEGER NOT NULL DEFAULT 0;
ALTER TABLE list_changes ADD COLUMN flags INTEGER NOT NULL DEFAULT 0;

-- What the threads service last said. reads, replies: the least role that may (0 guest, 1 member,
-- 2 moderator, 3 admin), with everything else that decides it taken into account.
CREATE TABLE thread_card (
    id       INTEGER PRIMARY KEY,
    version  INTEGER NOT NULL,
    title    TEXT    NOT NULL,
    category INTEGER,
    reads    INTEGER NOT NULL,
    replies  INTEGER NOT NULL,
    locked   INTEGER NOT NULL,
    state    TEXT    NOT NULL
) STRICT;

-- A message as it is shown: with what its thread allows.
CREATE VIEW posts AS
SELECT m.thread, m.text, m.user, m.id, m.number, m.created_at, m.version,
       m.edited_at, m.edits, m.state, m.reason, m.touches,
       m.reply_to, m.reply_user, m.reply_count, m.reactions, m.html, m.mentions, m.quotes,
       t.reads, ifnull(t.locked, 0) AS locked
FROM messages m LEFT JOIN thread_card t ON t.id = m.thread;
