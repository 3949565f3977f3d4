-- What members have done, as far as everybody may see it: counted from what the other services tell.
-- last_seen_at: when the user last got tokens, to ten minutes. touches: changes of these four, which
-- no edit of a profile has to know of.
ALTER TABLE users ADD COLUMN thread_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN post_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN reactions_received INTEGER NOT NULL DEFAULT 0;
ALTER TABLE users ADD COLUMN last_seen_at INTEGER;
ALTER TABLE users ADD COLUMN touches INTEGER NOT NULL DEFAULT 0;
ALTER TABLE list_changes ADD COLUMN touches INTEGER NOT NULL DEFAULT 0;

-- Lists of users, without those that were deleted, in their orders.
CREATE INDEX users_there ON users (id) WHERE state <> 'deleted';
CREATE INDEX users_there_by_name ON users (username COLLATE NOCASE) WHERE state <> 'deleted';
CREATE INDEX users_there_by_joined ON users (joined_at, id) WHERE state <> 'deleted';
CREATE INDEX users_there_by_posts ON users (post_count, id) WHERE state <> 'deleted';

-- Threads and posts as far as they count. Disposable: built again from their snapshots. is_shown of a
-- thread: everybody may read it; of a post: it is visible where it stands. Reactions are told apart,
-- with a version of their own.
CREATE TABLE thread_ref (
    id       INTEGER PRIMARY KEY,
    version  INTEGER NOT NULL,
    user     INTEGER NOT NULL,
    is_shown INTEGER NOT NULL
) STRICT;
CREATE INDEX thread_ref_by_user ON thread_ref (user);

CREATE TABLE post_ref (
    id                INTEGER PRIMARY KEY,
    version           INTEGER NOT NULL,
    thread            INTEGER NOT NULL,
    user              INTEGER NOT NULL,
    is_shown          INTEGER NOT NULL,
    reactions         INTEGER NOT NULL DEFAULT 0,
    reactions_version INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX post_ref_by_thread ON post_ref (thread);
CREATE INDEX post_ref_by_user ON post_ref (user);

-- What was followed until now had none of these: they are built from the snapshots first.
DELETE FROM feed_cursor WHERE source IN ('threads', 'posts');
