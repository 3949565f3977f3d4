-- Categories, tags, states, and what is copied from the messages service.
-- Levels are roles in their order: 0 guest, 1 member, 2 moderator, 3 admin.

-- *_own is what the category itself asks for, *_level what it comes to with its ancestors.
CREATE TABLE categories (
    id             INTEGER PRIMARY KEY CHECK (id >= 1),
    slug           TEXT    NOT NULL,
    name           TEXT    NOT NULL,
    description    TEXT    NOT NULL,
    color          TEXT    NOT NULL,
    parent         INTEGER REFERENCES categories (id),
    position       INTEGER NOT NULL,
    read_own       INTEGER NOT NULL,
    post_own       INTEGER NOT NULL,
    reply_own      INTEGER NOT NULL,
    moderate_level INTEGER NOT NULL,
    read_level     INTEGER NOT NULL,
    post_level     INTEGER NOT NULL,
    reply_level    INTEGER NOT NULL,
    thread_count   INTEGER NOT NULL DEFAULT 0,
    post_count     INTEGER NOT NULL DEFAULT 0,
    version        INTEGER NOT NULL
) STRICT;

CREATE UNIQUE INDEX categories_by_slug ON categories (slug);
CREATE INDEX categories_by_parent ON categories (parent);
CREATE INDEX categories_by_level ON categories (read_level);

CREATE TABLE category_moderators (
    user     INTEGER NOT NULL,
    category INTEGER NOT NULL REFERENCES categories (id) ON DELETE CASCADE,
    PRIMARY KEY (user, category)
) STRICT, WITHOUT ROWID;

CREATE INDEX category_moderators_by_category ON category_moderators (category, user);

INSERT INTO categories (id, slug, name, description, color, parent, position,
    read_own, post_own, reply_own, moderate_level, read_level, post_level, reply_level,
    thread_count, version)
VALUES (1, 'general', 'General', '', '#888', NULL, 0, 0, 1, 1, 2, 0, 1, 1,
    (SELECT count(*) FROM topics), 1);

ALTER TABLE topics ADD COLUMN category INTEGER NOT NULL DEFAULT 1;
ALTER TABLE topics ADD COLUMN kind TEXT NOT NULL DEFAULT 'discussion';
ALTER TABLE topics ADD COLUMN state TEXT NOT NULL DEFAULT 'visible';
-- A lock and a pin end by themselves at *_until: whoever reads compares with the clock.
ALTER TABLE topics ADD COLUMN locked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE topics ADD COLUMN locked_until INTEGER;
ALTER TABLE topics ADD COLUMN pinned TEXT NOT NULL DEFAULT 'none';
ALTER TABLE topics ADD COLUMN pinned_until INTEGER;
ALTER TABLE topics ADD COLUMN reason TEXT;
ALTER TABLE topics ADD COLUMN tag_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE topics ADD COLUMN answer INTEGER;
-- Copied from the messages: see post_ref. posts_version counts the changes of these.
ALTER TABLE topics ADD COLUMN opening_state TEXT NOT NULL DEFAULT 'none';
ALTER TABLE topics ADD COLUMN opening_post INTEGER;
ALTER TABLE topics ADD COLUMN reply_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE topics ADD COLUMN post_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE topics ADD COLUMN last_post INTEGER;
ALTER TABLE topics ADD COLUMN last_number INTEGER NOT NULL DEFAULT 0;
ALTER TABLE topics ADD COLUMN last_user INTEGER;
ALTER TABLE topics ADD COLUMN last_at INTEGER;
ALTER TABLE topics ADD COLUMN participants TEXT NOT NULL DEFAULT '';
ALTER TABLE topics ADD COLUMN posts_version INTEGER NOT NULL DEFAULT 0;
-- The place in the order of activity, unique; hot is age and replies in one number. serial is the
-- id once more: SQLite walks from (key, serial) by an index, from (key, rowid) only by its key.
ALTER TABLE topics ADD COLUMN serial INTEGER NOT NULL DEFAULT 0;
ALTER TABLE topics ADD COLUMN activity INTEGER NOT NULL DEFAULT 0;
ALTER TABLE topics ADD COLUMN hot INTEGER NOT NULL DEFAULT 0;

UPDATE topics SET activity = id, hot = created_at, serial = id;

-- The last place in the order of activity that was given.
CREATE TABLE activity (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    last INTEGER NOT NULL
) STRICT;

INSERT INTO activity (only, last) VALUES (1, (SELECT ifnull(max(id), 0) FROM topics));

CREATE INDEX topics_by_category ON topics (category, id);
CREATE INDEX topics_by_author ON topics (created_by, id);
CREATE INDEX topics_by_creation ON topics (created_at, serial);
CREATE INDEX topics_by_activity ON topics (activity);
CREATE INDEX topics_by_category_activity ON topics (category, activity);
CREATE INDEX topics_by_replies ON topics (reply_count, serial);
CREATE INDEX topics_by_heat ON topics (hot, serial);
CREATE INDEX topics_pinned ON topics (id) WHERE pinned <> 'none';
CREATE INDEX topics_locked_until ON topics (locked_until) WHERE locked_until IS NOT NULL;
CREATE INDEX topics_pinned_until ON topics (pinned_until) WHERE pinned_until IS NOT NULL;

-- What a topic opens with, until the messages service has it.
CREATE TABLE openings (
    topic INTEGER PRIMARY KEY,
    text  TEXT    NOT NULL
) STRICT;

CREATE TABLE tags (
    id   INTEGER PRIMARY KEY,
    name TEXT    NOT NULL
) STRICT;

CREATE UNIQUE INDEX tags_by_name ON tags (name);

CREATE TABLE topic_tags (
    tag      INTEGER NOT NULL REFERENCES tags (id),
    topic    INTEGER NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (tag, topic)
) STRICT, WITHOUT ROWID;

CREATE INDEX topic_tags_by_topic ON topic_tags (topic, position);

-- How many visible topics of a category have a tag: by category, so that what is counted is what
-- may be seen.
CREATE TABLE tag_counts (
    tag      INTEGER NOT NULL,
    category INTEGER NOT NULL,
    count    INTEGER NOT NULL,
    PRIMARY KEY (tag, category)
) STRICT, WITHOUT ROWID;

-- Messages as their service tells of them; disposable, like all that is counted from them.
CREATE TABLE post_ref (
    id      INTEGER PRIMARY KEY,
    version INTEGER NOT NULL,
    topic   INTEGER NOT NULL,
    number  INTEGER NOT NULL,
    user    INTEGER NOT NULL,
    state   TEXT    NOT NULL,
    at      INTEGER NOT NULL
) STRICT;

CREATE INDEX post_ref_by_number ON post_ref (topic, number) WHERE state = 'visible';
CREATE INDEX post_ref_by_user ON post_ref (topic, user, number) WHERE state = 'visible';

-- Who wrote visible messages in a topic, and the number of the last of them.
CREATE TABLE participants (
    topic  INTEGER NOT NULL,
    user   INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (topic, user)
) STRICT, WITHOUT ROWID;

CREATE INDEX participants_by_number ON participants (topic, number);

-- How far somebody has read: the number of a message. It only grows.
CREATE TABLE reads (
    user  INTEGER NOT NULL,
    topic INTEGER NOT NULL,
    up_to INTEGER NOT NULL,
    PRIMARY KEY (user, topic)
) STRICT, WITHOUT ROWID;

CREATE INDEX reads_by_topic ON reads (topic);

-- What somebody follows: target is the id of a thread, category or tag.
CREATE TABLE subscriptions (
    user   INTEGER NOT NULL,
    kind   TEXT    NOT NULL,
    target INTEGER NOT NULL,
    level  TEXT    NOT NULL,
    PRIMARY KEY (user, kind, target)
) STRICT, WITHOUT ROWID;

CREATE INDEX subscriptions_by_target ON subscriptions (kind, target, level);

-- Words of titles and opening texts.
CREATE VIRTUAL TABLE topic_search USING fts5 (
    title, opening, tokenize = "unicode61 remove_diacritics 2"
);

INSERT INTO topic_search (rowid, title, opening) SELECT id, title, '' FROM topics;

-- A topic with its category and tags, as every reader wants it.
CREATE VIEW topic_rows AS
SELECT t.id AS id, t.title AS title, t.created_by AS created_by, t.slug AS slug,
    t.created_at AS created_at, t.updated_at AS updated_at, t.version AS version,
    t.category AS category, t.kind AS kind, t.state AS state,
    c.slug AS category_slug, c.name AS category_name,
    c.read_level AS read_level, c.post_level AS post_level, c.reply_level AS reply_level,
    c.moderate_level AS moderate_level,
    t.locked AS locked, t.locked_until AS locked_until,
    t.pinned AS pinned, t.pinned_until AS pinned_until,
    CASE WHEN t.tag_count = 0 THEN '' ELSE (
        SELECT group_concat(name, ' ') FROM (
            SELECT tags.name AS name FROM topic_tags JOIN tags ON tags.id = topic_tags.tag
            WHERE topic_tags.topic = t.id ORDER BY topic_tags.position)
    ) END AS tags,
    t.answer AS answer, t.opening_state AS opening_state, t.opening_post AS opening_post,
    t.reply_count AS reply_count, t.post_count AS post_count, t.last_post AS last_post,
    t.last_number AS last_number, t.last_user AS last_user, t.last_at AS last_at,
    t.participants AS participants, t.posts_version AS posts_version,
    t.activity AS activity, t.hot AS hot, t.serial AS serial
FROM topics AS t JOIN categories AS c ON c.id = t.category;
