#ifndef FORUM_CSQLITE_H
#define FORUM_CSQLITE_H

#include <sqlite3.h>

/* SQLITE_TRANSIENT and SQLITE_STATIC are pointer casts, which the importer leaves out. */
static inline int forum_bind_text(sqlite3_stmt *statement, int index, const char *text, int bytes) {
    return sqlite3_bind_text(statement, index, text, bytes, SQLITE_TRANSIENT);
}

static inline int forum_bind_text_borrowed(sqlite3_stmt *statement, int index, const char *text, int bytes) {
    return sqlite3_bind_text(statement, index, text, bytes, SQLITE_STATIC);
}

static inline int forum_bind_blob(sqlite3_stmt *statement, int index, const void *blob, int bytes) {
    return sqlite3_bind_blob(statement, index, blob, bytes, SQLITE_TRANSIENT);
}

#endif
