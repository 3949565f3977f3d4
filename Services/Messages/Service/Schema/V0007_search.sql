-- What can be found: messages that are shown and have been interpreted. Those of a bulk load come
-- into the index with their HTML, by the walk beside the requests, so that a load costs no more.
CREATE VIEW searchable (id, title, text) AS
SELECT id, '', text FROM messages WHERE state = 0 AND html IS NOT NULL;

-- The words alone: the texts stay where they are.
CREATE VIRTUAL TABLE search USING fts5 (
    title, text,
    content = 'searchable', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2'
);

INSERT INTO search (search) VALUES ('rebuild');
