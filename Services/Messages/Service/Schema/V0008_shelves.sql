-- Who may find a message, kept where lists and searches look, so that they pass over nothing that
-- their reader may not see: a page costs the same whatever is hidden or deleted around it.

-- shelf: the least role that finds the message (0 guest, 1 member, 2 moderator, 3 admin): what its
-- thread asks and, once it is deleted or removed, at least a moderator. 4: the thread is not known
-- here; 5: the same, deleted or removed. shelfmark: shelf and id as one number, so that the messages
-- of a shelf lie together, in the order of their ids.
ALTER TABLE messages ADD COLUMN shelf INTEGER NOT NULL DEFAULT 4;
ALTER TABLE messages ADD COLUMN shelfmark INTEGER
    GENERATED ALWAYS AS ((shelf << 54) | id) VIRTUAL;

-- The beginning of what it says, made with the HTML.
ALTER TABLE messages ADD COLUMN excerpt TEXT;

UPDATE messages SET shelf = CASE WHEN state = 0
    THEN ifnull((SELECT reads FROM thread_card WHERE id = thread), 4)
    ELSE ifnull(max((SELECT reads FROM thread_card WHERE id = thread), 2), 5) END;

CREATE INDEX messages_on_shelves ON messages (shelfmark);
DROP INDEX messages_by_user;
CREATE INDEX messages_by_user ON messages (user, shelfmark);
DROP INDEX messages_replies;
CREATE INDEX messages_replies ON messages (reply_to, shelfmark) WHERE reply_to IS NOT NULL;

-- A thread has one reader's level for all its messages; what is deleted lies apart. Each message is
-- in one of the two, so that a new one costs what it did.
DROP INDEX messages_in_thread;
CREATE UNIQUE INDEX messages_shown ON messages (thread, number) WHERE state = 0;
CREATE UNIQUE INDEX messages_unshown ON messages (thread, number) WHERE state <> 0;

-- Where a mention is found; NULL while the message is not shown.
ALTER TABLE mentions ADD COLUMN shelfmark INTEGER;
UPDATE mentions SET shelfmark =
    (SELECT shelfmark FROM messages WHERE id = mentions.message AND state = 0);
CREATE INDEX mentions_on_shelves ON mentions (user, shelfmark);

-- Changes to what lies on a shelf, other than new messages at its end: tags of lists count those
-- shelves alone that their reader sees.
CREATE TABLE shelf_changes (
    shelf INTEGER PRIMARY KEY,
    count INTEGER NOT NULL
) STRICT;

INSERT INTO shelf_changes (shelf, count)
SELECT value, (SELECT edits FROM list_changes) FROM json_each('[0,1,2,3,4,5]');

-- Threads whose readers have become others, and how far their messages have been put on the shelf
-- where they belong: first those that are shown (stage 0), then the rest (1), by number.
CREATE TABLE reshelving (
    thread  INTEGER PRIMARY KEY,
    stage   INTEGER NOT NULL,
    "after" INTEGER NOT NULL
) STRICT;

-- Which deletion of the account it is: one that was restored may be deleted again.
ALTER TABLE cascades ADD COLUMN job INTEGER NOT NULL DEFAULT 0;

-- Who keeps order in a category, besides the moderators of the forum; as text beside it, to see
-- whether anything is new.
CREATE TABLE category_moderators (
    user     INTEGER NOT NULL,
    category INTEGER NOT NULL,
    PRIMARY KEY (user, category)
) STRICT, WITHOUT ROWID;

CREATE TABLE category_card (
    id         INTEGER PRIMARY KEY,
    moderators TEXT    NOT NULL
) STRICT;

-- A message as it is shown: with what its thread allows, and what became of the one it answers.
DROP VIEW posts;
CREATE VIEW posts AS
SELECT m.thread, m.text, m.user, m.id, m.number, m.created_at, m.version,
       m.edited_at, m.edits, m.state, m.reason, m.touches,
       m.reply_to, m.reply_user, m.reply_count, m.reactions, m.html, m.mentions, m.quotes,
       t.reads, ifnull(t.locked, 0) AS locked, t.category, m.excerpt,
       (SELECT r.state FROM messages r WHERE r.id = m.reply_to) AS reply_state, m.shelfmark
FROM messages m LEFT JOIN thread_card t ON t.id = m.thread;

-- The index goes by shelfmarks, so that a search reads the shelves of its reader and no other. The
-- first column has words that nobody types for the thread and the author, to search within them.
DROP TABLE search;
DROP VIEW searchable;
CREATE VIEW searchable (id, title, text) AS
SELECT shelfmark, 't' || thread || ' u' || user, text
FROM messages WHERE state = 0 AND html IS NOT NULL;

CREATE VIRTUAL TABLE search USING fts5 (
    title, text,
    content = 'searchable', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2'
);

INSERT INTO search (search) VALUES ('rebuild');
