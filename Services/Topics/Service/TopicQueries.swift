import Bytes
import Records
import SQLite
import TopicsAPI

extension Topics {
    /// All SQL of the topics store. Lists are walked by key, never by offset.
    enum Queries {
        static let byID = Query<Int64, Topic>(
            """
            SELECT id, title, created_by, slug, created_at, updated_at, version
            FROM topics WHERE id = ?1
            """, Topic.init(row:))

        /// The id to start after, and how many rows.
        static let after = Query<(Int64, Int64), Topic>(
            """
            SELECT id, title, created_by, slug, created_at, updated_at, version
            FROM topics WHERE id > ?1 ORDER BY id LIMIT ?2
            """, Topic.init(row:))
        static let before = Query<(Int64, Int64), Topic>(
            """
            SELECT id, title, created_by, slug, created_at, updated_at, version
            FROM topics WHERE id < ?1 ORDER BY id DESC LIMIT ?2
            """, Topic.init(row:))

        static let end = Query<Void, ListEnd>(
            "SELECT ifnull((SELECT max(id) FROM topics), 0), count FROM list_changes",
            ListEnd.init(row:))

        static let lastID = Query<Void, Int64>("SELECT ifnull(max(id), 0) FROM topics") {
            $0.int64(0)
        }
        /// id, title, createdBy, slug, createdAt. Changes no row when the id is in use.
        static let insert = Query<(Int64, String, Int64, String, Int64), Void>(
            """
            INSERT INTO topics (id, title, created_by, slug, created_at, updated_at, version)
            VALUES (?1, ?2, ?3, ?4, ?5, ?5, 1) ON CONFLICT DO NOTHING
            """)
        static let noteChange = Query<Void, Void>("UPDATE list_changes SET count = count + 1")
    }
}

extension Topic {
    /// Columns: id, title, created_by, slug, created_at, updated_at, version.
    init(row: borrowing Row) {
        self.init(
            id: ID(row.int64(0)), title: row.text(1), createdBy: ID(row.int64(2)),
            slug: row.text(3), createdAt: Timestamp(milliseconds: row.int64(4)),
            updatedAt: Timestamp(milliseconds: row.int64(5)), version: row.int64(6))
    }
}
