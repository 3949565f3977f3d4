package import SQLite

extension Transaction {
    /// The same as `indexing` for a row whose id in the view may change: `change` gives its result
    /// and the id that the row has then, nil when it is gone.
    package func reindexing<R>(
        _ id: Int64, _ change: () throws -> (result: R, id: Int64?)
    ) throws -> R {
        try run(SearchIndex.forgetting(.plain), id)
        do {
            let (result, now) = try change()
            if let now { try run(SearchIndex.learning(.plain), now) }
            return result
        } catch {
            try run(SearchIndex.learning(.plain), id)
            throw error
        }
    }
}
