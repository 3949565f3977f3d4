package import SQLite

/// The full-text index that lies beside a service's rows: one table `search` with the columns
/// `title` and `text`, without a copy of either. The texts are read from a view `searchable`, which
/// is the service's: its rows are what can be found.
///
/// README.md has the whole pattern; `Tests/SearchTests` runs it.
package enum SearchIndex {
    /// How texts become words: letters and digits of any script, without regard to case and, also
    /// in letters that carry several, to diacritics. A word of a script without spaces is the whole
    /// run of letters: it is found from its beginning, not from its middle.
    package static let tokenizer: StaticString = "unicode61 remove_diacritics 2"

    /// The statements for a service's migration, beside its own view
    /// `searchable (id, title, text)`. A word in a title counts as much as four in a text.
    package static let schema: StaticString = """
        CREATE VIRTUAL TABLE search USING fts5 (
            title, text,
            content = 'searchable', content_rowid = 'id',
            tokenize = 'unicode61 remove_diacritics 2'
        );
        INSERT INTO search (search, rank) VALUES ('rank', 'bm25(4.0, 1.0)');
        """

    /// The columns of the index.
    package enum Shape: Sendable {
        /// `title`, `text`.
        case plain
        /// `title`, `text`, `place`: the third has words such as `c7` that say where a row is and
        /// who may find it. A search asks for them beside its own, so that what is hidden is passed
        /// over by the index, see `SearchQuery.placed`.
        case placed
    }

    static func forgetting(_ shape: Shape) -> Query<Int64, Void> {
        shape == .plain ? forget : forgetPlaced
    }

    static func learning(_ shape: Shape) -> Query<Int64, Void> {
        shape == .plain ? learn : learnPlaced
    }

    private static let forgetPlaced = Query<Int64, Void>(
        """
        INSERT INTO search (search, rowid, title, text, place)
        SELECT 'delete', id, title, text, place FROM searchable WHERE id = ?1
        """)
    private static let learnPlaced = Query<Int64, Void>(
        """
        INSERT INTO search (rowid, title, text, place)
        SELECT id, title, text, place FROM searchable WHERE id = ?1
        """)

    /// Takes a row's words out of the index, as the view shows them now. Does nothing for a row
    /// that the view does not show.
    private static let forget = Query<Int64, Void>(
        """
        INSERT INTO search (search, rowid, title, text)
        SELECT 'delete', id, title, text FROM searchable WHERE id = ?1
        """)

    /// Puts a row's words into the index, as the view shows them now.
    private static let learn = Query<Int64, Void>(
        """
        INSERT INTO search (rowid, title, text)
        SELECT id, title, text FROM searchable WHERE id = ?1
        """)

    /// Throws the whole index away and builds it from the view: for a migration that brings the
    /// index to rows that are there already. Takes seconds for a million rows, and the writer with
    /// it.
    package static let rebuild = Query<Void, Void>("INSERT INTO search (search) VALUES ('rebuild')")

    /// Merges all of the index into one piece. Only then are the words of forgotten rows gone from
    /// the file: run it after erasing what a person wrote. Takes seconds for a million rows, and
    /// the writer with it.
    package static let optimize = Query<Void, Void>(
        "INSERT INTO search (search) VALUES ('optimize')")

    /// Compares the index with the view, word for word; fails as `corrupt` when they differ. For
    /// tests, and for an operator in doubt: it reads everything.
    package static let check = Query<Void, Void>(
        "INSERT INTO search (search, rank) VALUES ('integrity-check', 1)")
}

extension Transaction {
    /// Runs `change`, which may insert, change or remove the row `id` and no other that the view
    /// shows, and keeps the index exact: the words go out before and come in after. When `change`
    /// throws, its error is thrown, and the index fits what is there then.
    ///
    /// Rows that `change` alters unannounced would leave words behind that nothing can remove but
    /// `rebuild`: SQLite 3.40 cannot forget a row without its old text.
    package func indexing<R>(
        _ id: Int64, in shape: SearchIndex.Shape = .plain, _ change: () throws -> R
    ) throws -> R {
        try run(SearchIndex.forgetting(shape), id)
        let result = Result { try change() }
        try run(SearchIndex.learning(shape), id)
        return try result.get()
    }

    /// Adds a row that was just inserted to the index: what a bulk load calls, for which the look
    /// before would be one too many. The row must be new.
    package func index(new id: Int64, in shape: SearchIndex.Shape = .plain) throws {
        try run(SearchIndex.learning(shape), id)
    }
}
