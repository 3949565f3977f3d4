import Fixture
import SQLite
import Search

/// A store with books that can be found as long as they are on the shelf: the pattern of
/// `Shared/Search/README.md`, whole.
struct Library {
    let folder = TemporaryFolder()
    let store: Store

    static let schema = """
        CREATE TABLE books (
            id INTEGER PRIMARY KEY, title TEXT NOT NULL, text TEXT NOT NULL, on_shelf INTEGER NOT NULL
        ) STRICT;
        CREATE VIEW searchable (id, title, text) AS
            SELECT id, title, text FROM books WHERE on_shelf;
        \(SearchIndex.schema)
        """

    enum Queries {
        static let put = Query<(Int64, String, String, Bool), Void>(
            """
            INSERT INTO books (id, title, text, on_shelf) VALUES (?1, ?2, ?3, ?4)
            ON CONFLICT DO UPDATE SET title = ?2, text = ?3, on_shelf = ?4
            """)
        static let remove = Query<Int64, Void>("DELETE FROM books WHERE id = ?1")
        static let erase = Query<Void, Void>("DELETE FROM books")
        static let find = Query<String, Int64>(
            "SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid"
        ) { $0.int64(0) }
        static let ranked = Query<String, Int64>(
            "SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rank"
        ) { $0.int64(0) }
        static let snippets = Query<
            (String, StaticString, StaticString, StaticString, Int), Snippet
        >(
            """
            SELECT snippet(search, -1, ?2, ?3, ?4, ?5) FROM search
            JOIN books ON books.id = search.rowid
            WHERE search MATCH ?1 ORDER BY search.rank
            """
        ) { Snippet(marked: $0.text(0)) }
        static let shelf = Query<Void, Book>(
            "SELECT id, title, text FROM searchable ORDER BY id"
        ) { Book(id: $0.int64(0), title: $0.text(1), text: $0.text(2)) }
    }

    struct Book: Sendable {
        let id: Int64
        let title: String
        let text: String
    }

    init() throws {
        let migration = Migration(1, "books", Array(Library.schema.utf8))
        store = try Store(path: folder.file("books.sqlite"), migrations: [migration])
    }

    func put(_ id: Int64, _ text: String, title: String = "", onShelf: Bool = true) async throws {
        try await store.write { transaction in
            try transaction.indexing(id) {
                try transaction.run(Queries.put, id, title, text, onShelf)
            }
        }
    }

    func remove(_ id: Int64) async throws {
        try await store.write { transaction in
            try transaction.indexing(id) { try transaction.run(Queries.remove, id) }
        }
    }

    /// The books that a query finds, by id.
    func find(_ text: String) throws -> [Int64] {
        let query = try SearchQuery(text)
        return try store.read { try $0.all(Queries.find, query.expression) }
    }

    func snippets(_ text: String, words: Int = SearchLimits.snippetWords) throws -> [Snippet] {
        let query = try SearchQuery(text)
        return try store.read {
            try $0.all(
                Queries.snippets, query.expression, Snippet.open, Snippet.close, Snippet.ellipsis,
                words)
        }
    }

    /// Throws when the index does not fit the shelf.
    func check() async throws {
        try await store.write { try $0.run(SearchIndex.check) }
    }
}
