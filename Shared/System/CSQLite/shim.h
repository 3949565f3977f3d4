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

/* Extended codes are expressions, which the importer leaves out. */
static const int forum_constraint_check = SQLITE_CONSTRAINT_CHECK;
static const int forum_constraint_datatype = SQLITE_CONSTRAINT_DATATYPE;
static const int forum_constraint_foreign_key = SQLITE_CONSTRAINT_FOREIGNKEY;
static const int forum_constraint_not_null = SQLITE_CONSTRAINT_NOTNULL;
static const int forum_constraint_primary_key = SQLITE_CONSTRAINT_PRIMARYKEY;
static const int forum_constraint_rowid = SQLITE_CONSTRAINT_ROWID;
static const int forum_constraint_unique = SQLITE_CONSTRAINT_UNIQUE;

/* sqlite3_config and sqlite3_db_config are variadic, which the importer leaves out. */

/* Memory statistics take a process-wide lock at each allocation; nobody reads them here. */
static inline int forum_sqlite_configure(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

/* The start of the write-ahead log's index in shared memory (sqlite.org/walformat.html), or NULL before the first read.
   It stays mapped until the connection is closed. */
static inline const void *forum_wal_index(sqlite3 *database) {
    sqlite3_file *file = 0;
    void volatile *region = 0;
    int code = sqlite3_file_control(database, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    if (code != SQLITE_OK || !file || !file->pMethods || file->pMethods->iVersion < 2) return 0;
    if (file->pMethods->xShmMap(file, 0, 32768, 0, &region) != SQLITE_OK) return 0;
    return (const void *)region;
}

/* Six words: the header of the index, which every commit changes before it returns. */
static inline void forum_wal_header(const void *index, unsigned long long header[6]) {
    __atomic_thread_fence(__ATOMIC_ACQUIRE);
    for (int word = 0; word < 6; word++)
        header[word] = __atomic_load_n((const unsigned long long *)index + word, __ATOMIC_RELAXED);
    __atomic_thread_fence(__ATOMIC_ACQUIRE);
}

/* A damaged or foreign schema may not run functions, SQL may not damage the file, and "x" is never a text. */
static inline int forum_sqlite_defend(sqlite3 *database) {
    int code = sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
    if (code == SQLITE_OK) code = sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)0);
    if (code == SQLITE_OK) code = sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DML, 0, (int *)0);
    if (code == SQLITE_OK) code = sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DDL, 0, (int *)0);
    return code;
}

#endif
