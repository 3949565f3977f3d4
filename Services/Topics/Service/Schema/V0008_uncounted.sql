-- Messages that came in a snapshot and that their topic does not show yet: counted topic by topic
-- once all are there, in the order of the newest. first and last are numbers in the topic, post is
-- the message with the last. is_mixed: some were there before and have changed, so that all of the
-- topic is counted anew.
CREATE TABLE uncounted_posts (
    topic    INTEGER PRIMARY KEY,
    posts    INTEGER NOT NULL,
    replies  INTEGER NOT NULL,
    first    INTEGER NOT NULL,
    last     INTEGER NOT NULL,
    post     INTEGER NOT NULL,
    is_mixed INTEGER NOT NULL
) STRICT;

CREATE INDEX uncounted_posts_by_post ON uncounted_posts (post);
