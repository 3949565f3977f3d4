/// Why a query cannot be searched for. A service answers 422 with `code` for its parameter.
package enum SearchQueryFault: Error, Equatable, Sendable {
    /// There is no letter and no digit in it.
    case empty
    /// It only says what is not to be found.
    case onlyExclusions
    /// It has more Unicode scalars than `SearchLimits.queryCharactersMax`.
    case tooLong(characters: Int)
    /// It has more words and phrases than `SearchLimits.termsMax`.
    case tooManyTerms(count: Int)

    /// A word for programs, as in complaints about JSON members.
    package var code: String {
        switch self {
        case .empty: "empty"
        case .onlyExclusions: "only-exclusions"
        case .tooLong: "too-long"
        case .tooManyTerms: "too-many-terms"
        }
    }
}

extension SearchQueryFault: CustomStringConvertible {
    /// One line: what is wrong and what to do.
    package var description: String {
        switch self {
        case .empty:
            "nothing to search for: give a word with letters or digits"
        case .onlyExclusions:
            "every word is excluded: give at least one without '-'"
        case .tooLong(let characters):
            "\(characters) characters: at most \(SearchLimits.queryCharactersMax)"
        case .tooManyTerms(let count):
            "\(count) words and phrases: at most \(SearchLimits.termsMax)"
        }
    }
}
