-- Lists that cost the same however much is hidden, and work on many topics in short pieces.

-- Who sees a topic in lists. 0 to 3: it is visible, to whoever has at least this role. Above that
-- for whoever keeps order, from moderators on and from admins on: 4 and 5 pending, 6 and 7 deleted,
-- 8 and 9 merged. 10: nobody.
CREATE VIEW topic_bands AS
SELECT t.id AS id, CASE t.state
    WHEN 'visible' THEN c.read_level
    WHEN 'pending' THEN 2 + max(2, c.read_level, c.moderate_level)
    WHEN 'deleted' THEN 4 + max(2, c.read_level, c.moderate_level)
    WHEN 'merged'  THEN 6 + max(2, c.read_level, c.moderate_level)
    ELSE 10 END AS band
FROM topics AS t JOIN categories AS c ON c.id = t.category;

ALTER TABLE topics ADD COLUMN band INTEGER NOT NULL DEFAULT 0;
UPDATE topics SET band = (SELECT band FROM topic_bands WHERE topic_bands.id = topics.id);

-- Every list walks one of these within a band, so that it meets nothing that its reader may not see.
DROP INDEX topics_by_author;
DROP INDEX topics_by_creation;
DROP INDEX topics_by_activity;
DROP INDEX topics_by_category_activity;
DROP INDEX topics_by_replies;
DROP INDEX topics_by_heat;
DROP INDEX topics_pinned;
CREATE INDEX topics_by_band ON topics (band);
CREATE INDEX topics_by_creation ON topics (band, created_at, serial);
CREATE INDEX topics_by_activity ON topics (band, activity);
CREATE INDEX topics_by_replies ON topics (band, reply_count, serial);
CREATE INDEX topics_by_heat ON topics (band, hot, serial);
CREATE INDEX topics_in_category_by_band ON topics (category, band);
CREATE INDEX topics_in_category_by_creation ON topics (category, band, created_at, serial);
CREATE INDEX topics_in_category_by_activity ON topics (category, band, activity);
CREATE INDEX topics_in_category_by_replies ON topics (category, band, reply_count, serial);
CREATE INDEX topics_in_category_by_heat ON topics (category, band, hot, serial);
CREATE INDEX topics_by_author ON topics (created_by, band);
CREATE INDEX topics_by_author_activity ON topics (created_by, band, activity);
CREATE INDEX topics_pinned ON topics (band) WHERE pinned <> 'none';
CREATE INDEX topics_pinned_in_category ON topics (category, band) WHERE pinned <> 'none';

-- The same two numbers of the topic again, for the lists of a tag.
ALTER TABLE topic_tags ADD COLUMN band INTEGER NOT NULL DEFAULT 0;
ALTER TABLE topic_tags ADD COLUMN activity INTEGER NOT NULL DEFAULT 0;
UPDATE topic_tags SET (band, activity) = (
    SELECT band, activity FROM topics WHERE topics.id = topic_tags.topic);
CREATE INDEX topic_tags_by_band ON topic_tags (tag, band, topic);
CREATE INDEX topic_tags_by_activity ON topic_tags (tag, band, activity, topic);

-- The names of a topic's tags, as every reader wants them: a third of what a row cost was to look
-- them up. A tag never changes its name; its topics get another one.
ALTER TABLE topics ADD COLUMN tag_names TEXT NOT NULL DEFAULT '';
UPDATE topics SET tag_names = (
    SELECT group_concat(name, ' ') FROM (
        SELECT tags.name AS name FROM topic_tags JOIN tags ON tags.id = topic_tags.tag
        WHERE topic_tags.topic = topics.id ORDER BY topic_tags.position))
WHERE tag_count > 0;
DROP VIEW topic_rows;
CREATE VIEW topic_rows AS
SELECT t.id AS id, t.title AS title, t.created_by AS created_by, t.slug AS slug,
    t.created_at AS created_at, t.updated_at AS updated_at, t.version AS version,
    t.category AS category, t.kind AS kind, t.state AS state,
    c.slug AS category_slug, c.name AS category_name,
    c.read_level AS read_level, c.post_level AS post_level, c.reply_level AS reply_level,
    c.moderate_level AS moderate_level,
    t.locked AS locked, t.locked_until AS locked_until,
    t.pinned AS pinned, t.pinned_until AS pinned_until,
    t.tag_names AS tags,
    t.answer AS answer, t.opening_state AS opening_state, t.opening_post AS opening_post,
    t.reply_count AS reply_count, t.post_count AS post_count, t.last_post AS last_post,
    t.last_number AS last_number, t.last_user AS last_user, t.last_at AS last_at,
    t.participants AS participants, t.posts_version AS posts_version,
    t.activity AS activity, t.hot AS hot, t.serial AS serial
FROM topics AS t JOIN categories AS c ON c.id = t.category;

-- Where the topics of a category that was deleted are going; nobody finds it any more.
ALTER TABLE categories ADD COLUMN moving_to INTEGER;
-- The tag that stands for this one from now on, 0 for none; nobody finds it any more.
ALTER TABLE tags ADD COLUMN merging_into INTEGER;

-- Work on more topics than fit into one short transaction. How far it came is here, so whoever goes
-- on, and whenever, goes on from there.
CREATE TABLE jobs (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    kind       TEXT    NOT NULL,
    target     INTEGER NOT NULL,
    goal       INTEGER NOT NULL,
    "after"    INTEGER NOT NULL DEFAULT 0,
    done       INTEGER NOT NULL DEFAULT 0,
    total      INTEGER NOT NULL,
    is_over    INTEGER NOT NULL DEFAULT 0,
    created_at INTEGER NOT NULL
) STRICT;

CREATE INDEX jobs_running ON jobs (id) WHERE is_over = 0;

-- Words, by the engine that all services share. Opening texts stay for their words alone.
INSERT INTO openings (topic, text)
SELECT rowid, opening FROM topic_search
WHERE opening <> '' AND rowid NOT IN (SELECT topic FROM openings);
DROP TABLE topic_search;

-- place: who sees it, where it is, whose it is. What is not visible is found by nobody.
CREATE VIEW searchable (id, title, text, place) AS
SELECT t.id, t.title, ifnull(o.text, ''), CASE WHEN t.band > 3 THEN '' ELSE
    'b' || t.band || ' c' || t.category || ' u' || t.created_by END FROM topics AS t
LEFT JOIN openings AS o ON o.topic = t.id WHERE t.state <> 'purged';

CREATE VIRTUAL TABLE search USING fts5 (
    title, text, place,
    content = 'searchable', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO search (search) VALUES ('rebuild');
