-- Accounts: who may sign in, who may do what, and what was done about it.
ALTER TABLE users ADD COLUMN state TEXT NOT NULL DEFAULT 'active'
    CHECK (state IN ('active', 'banned', 'deleted'));
ALTER TABLE users ADD COLUMN role TEXT NOT NULL DEFAULT 'member'
    CHECK (role IN ('member', 'moderator', 'admin'));
ALTER TABLE users ADD COLUMN location TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN website TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN signature TEXT NOT NULL DEFAULT '';
-- Raised, it ends every access token that was issued before.
ALTER TABLE users ADD COLUMN session_version INTEGER NOT NULL DEFAULT 1;
-- The ban in force, so that asking costs no second row; the table of bans has the story.
ALTER TABLE users ADD COLUMN ban_scope TEXT CHECK (ban_scope IN ('all', 'write'));
ALTER TABLE users ADD COLUMN ban_until INTEGER;

-- Few have another role, and whether there is another admin is asked before one steps down.
CREATE INDEX users_by_role ON users (role, id) WHERE role <> 'member';

-- Who has none cannot sign in: users of the time before accounts, and deleted ones.
CREATE TABLE credentials (
    user       INTEGER PRIMARY KEY,
    hash       TEXT    NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;

-- Told to nobody but their owner and admins, so they lie apart from what is shown.
CREATE TABLE emails (
    user        INTEGER PRIMARY KEY,
    email       TEXT    NOT NULL,
    is_verified INTEGER NOT NULL DEFAULT 0
) STRICT;

-- A place where somebody is signed in. Numbers never come again: tokens name them.
CREATE TABLE sessions (
    id           INTEGER PRIMARY KEY AUTOINCREMENT,
    user         INTEGER NOT NULL,
    created_at   INTEGER NOT NULL,
    last_used_at INTEGER NOT NULL,
    address      TEXT    NOT NULL,
    agent        TEXT    NOT NULL
) STRICT;
CREATE INDEX sessions_by_user ON sessions (user, id);

-- The refresh tokens of a session, a family: one is unused. One that was used is kept, because
-- who brings it again has stolen it, or somebody else has. Only digests: the file opens nothing.
CREATE TABLE refresh_tokens (
    digest    BLOB    PRIMARY KEY,
    session   INTEGER NOT NULL,
    issued_at INTEGER NOT NULL,
    used_at   INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session, issued_at);

-- lifted_at: when somebody lifted it, or when it had run out and a new one came.
CREATE TABLE bans (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    user       INTEGER NOT NULL,
    scope      TEXT    NOT NULL,
    reason     TEXT    NOT NULL,
    until      INTEGER,
    by         INTEGER,
    created_at INTEGER NOT NULL,
    lifted_at  INTEGER
) STRICT;
CREATE INDEX bans_by_user ON bans (user, id);

-- Names that lead to somebody else's new one until then, and that nobody else takes meanwhile.
CREATE TABLE former_names (
    username TEXT    PRIMARY KEY COLLATE NOCASE,
    user     INTEGER NOT NULL,
    until    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX former_names_by_user ON former_names (user);

-- What was done to whom by whom; actor NULL: the operator.
CREATE TABLE audit (
    id     INTEGER PRIMARY KEY,
    at     INTEGER NOT NULL,
    actor  INTEGER,
    action TEXT    NOT NULL,
    target INTEGER NOT NULL,
    before TEXT,
    after  TEXT
) STRICT;
CREATE INDEX audit_by_target ON audit (target, id);

-- Tokens of members' own programs; hash is the digest in base64url, as other services know it.
CREATE TABLE api_tokens (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    hash       TEXT    NOT NULL UNIQUE,
    version    INTEGER NOT NULL,
    user       INTEGER NOT NULL,
    name       TEXT    NOT NULL,
    scopes     TEXT    NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER,
    is_revoked INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX api_tokens_by_user ON api_tokens (user, id);

-- Digests of setup tokens that have made an admin.
CREATE TABLE setup_uses (
    digest BLOB    PRIMARY KEY,
    at     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
