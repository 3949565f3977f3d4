package import SQLite

/// What somebody typed into a search field, as an expression that FTS5 can never misunderstand.
///
///     toaster fuse            both words
///     "trips the fuse"        the words side by side; the last quote may be missing
///     -coffee -"of tea"       without these
///     toast*                  words that begin so; only at the end of the query
///
/// Everything else is text: `AND`, `title:`, `NEAR(`, brackets and stars have no meaning of their
/// own. Case and diacritics do not matter (`SearchIndex.tokenizer`).
package struct SearchQuery: Equatable, Sendable {
    /// The right-hand side of `search MATCH ?1`. Always a valid expression.
    package let expression: String
    /// Whether all words that begin so are looked for: the index puts their lists together before
    /// it gives the first row.
    private let hasPrefix: Bool

    /// The same in an index with places, where the row has one word of each of `places`, which are
    /// letters and digits; with `inTitles` found in titles alone.
    package func placed(_ places: [[String]], inTitles: Bool = false) -> String {
        let words = "{title\(inTitles ? "" : " text")} : (\(expression))"
        return places.reduce(words) { whole, one in
            let any = one.map { "\"\($0)\"" }.joined(separator: " OR ")
            return "\(whole) AND place : (\(any))"
        }
    }

    /// What a search for it may cost. There is no bound for the beginnings of words: nothing would
    /// be found of those that are common.
    package func budget(steps: Int = SearchLimits.walkSteps) -> WorkBudget {
        WorkBudget(
            steps: hasPrefix ? Int.max : steps, perRow: hasPrefix ? 0 : SearchLimits.rowSteps)
    }

    /// Reads what was typed. Throws when there is nothing to find in it, or too much.
    package init(_ text: String) throws(SearchQueryFault) {
        let count = text.unicodeScalars.count
        guard count <= SearchLimits.queryCharactersMax else { throw .tooLong(characters: count) }
        var scanner = SearchTermScanner(text)
        scanner.run()
        let terms = scanner.terms
        if terms.isEmpty { throw .empty }
        guard terms.count <= SearchLimits.termsMax else { throw .tooManyTerms(count: terms.count) }
        let wanted = terms.filter { !$0.isExcluded }
        if wanted.isEmpty { throw .onlyExclusions }
        // Side by side means AND, and passes over a word that this version of Unicode knows and the
        // tokenizer does not; the word AND would find nothing then.
        let found = wanted.map(\.expression).joined(separator: " ")
        let excluded = terms.filter(\.isExcluded).map { " NOT \($0.expression)" }.joined()
        expression = excluded.isEmpty ? found : "(\(found))\(excluded)"
        hasPrefix = terms.contains(where: \.isPrefix)
    }
}
