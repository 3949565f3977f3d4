-- What is shown of a category is remembered by each connection, not joined to every topic.
DROP VIEW topic_rows;
CREATE VIEW topic_rows AS
SELECT id, title, created_by, slug, created_at, updated_at, version, category, kind, state,
    locked, locked_until, pinned, pinned_until, tag_names AS tags, answer, opening_state,
    opening_post, reply_count, post_count, last_post, last_number, last_user, last_at,
    participants, posts_version, activity, hot, serial
FROM topics;
