/// What somebody looks for, as the full-text index of SQLite wants it: every word must be there,
/// the last one may go on. Nothing of the index's own language gets through.
struct SearchWords: Equatable, Sendable {
    let match: String

    /// Nil when `text` has no letter and no digit.
    init?(_ text: String) {
        let words = text.unicodeScalars
            .split { !($0.properties.isAlphabetic || $0.properties.numericType != nil) }
            .prefix(SearchWords.wordsMax)
            .map { "\"\(String(String.UnicodeScalarView($0)))\"" }
        if words.isEmpty { return nil }
        match = words.joined(separator: " ") + "*"
    }

    /// More words than a title has do not find more.
    private static let wordsMax = 16
}
