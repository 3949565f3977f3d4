/// Every maximum of this module, with its reason.
package enum SearchLimits {
    /// Unicode scalars of a query: two lines. Nobody types more, and each word costs a look into
    /// the index.
    package static let queryCharactersMax = 200

    /// Words, phrases and exclusions of a query: each is a list of documents to be merged.
    package static let termsMax = 12

    /// The shortest beginning of a word that may stand for all words with it: one letter would
    /// merge a large part of the index. Shorter ones are taken for words.
    package static let prefixCharactersMin = 2

    /// Steps of SQLite that a search may take beyond those for what it finds: it reads some three
    /// hundred pages of the index then, in which common words are found a quarter of a million
    /// times, in some ten milliseconds.
    package static let walkSteps = 1_500

    /// Steps that it takes to show a row that was found, snippet included, with room to spare.
    package static let rowSteps = 100

    /// Words that a snippet shows, the marked ones in the middle: two lines of a list. FTS5 allows
    /// 64.
    package static let snippetWords = 24
}
