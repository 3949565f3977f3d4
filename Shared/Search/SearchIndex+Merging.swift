package import SQLite

extension Transaction {
    /// Does a part of what `SearchIndex.optimize` does, some hundred pages of the index; false when
    /// nothing is left to be done, and words of forgotten rows are gone. For large indices: others
    /// write in between.
    package func mergeIndex() throws -> Bool {
        let before = try one(SearchIndex.totalChanges)
        try run(SearchIndex.merge)
        // The command itself counts for one.
        return try one(SearchIndex.totalChanges) - before >= 2
    }
}

extension SearchIndex {
    /// Negative: all of the index is to become one piece, by and by. A page has some four thousand
    /// bytes: a piece of work takes some ten milliseconds.
    static let merge = Query<Void, Void>(
        "INSERT INTO search (search, rank) VALUES ('merge', -500)")
    static let totalChanges = Query<Void, Int64>("SELECT total_changes()") { $0.int64(0) }
}
