/// One word or phrase of a query.
struct SearchTerm: Equatable {
    /// What has to be found: words that stand side by side. Has a letter or a digit.
    let text: String
    /// Whether it must not be found.
    let isExcluded: Bool
    /// Whether its last word may go on.
    let isPrefix: Bool

    /// nil when there is nothing that the index could know.
    init?(_ text: String.UnicodeScalarView, isExcluded: Bool, isPrefix: Bool) {
        guard text.contains(where: SearchTerm.isIndexed) else { return nil }
        self.text = String(text)
        self.isExcluded = isExcluded
        // A star means the word before it, not what was cut off by other signs.
        let last = text.reversed().prefix {
            SearchTerm.isIndexed($0) || $0.properties.generalCategory == .nonspacingMark
        }
        self.isPrefix = isPrefix && last.count >= SearchLimits.prefixCharactersMin
    }

    /// What the tokenizer makes words of: letters, digits, and what was assigned privately.
    private static func isIndexed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber, .letterNumber, .otherNumber, .privateUse:
            return true
        default:
            return false
        }
    }

    /// The term in FTS5's own language: a string, in which only quotes mean anything.
    var expression: String {
        let quoted = text.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"")
        return "\"\(quoted)\"" + (isPrefix ? " *" : "")
    }
}

/// Cuts what somebody typed into terms.
struct SearchTermScanner {
    private var rest: Substring.UnicodeScalarView
    private(set) var terms: [SearchTerm] = []

    /// Control characters are white space: FTS5 would stop reading at a NUL, also in a string.
    init(_ text: String) {
        var plain = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            plain.append(scalar.properties.generalCategory == .control ? " " : scalar)
        }
        rest = plain[...]
    }

    /// Finds all terms. Nothing that can be typed is an error: what is no sign is text.
    mutating func run() {
        while true {
            rest = rest.drop { $0.properties.isWhitespace }
            if rest.isEmpty { return }
            let isExcluded = takeSign()
            if let first = rest.first, SearchTermScanner.isQuote(first) {
                takePhrase(isExcluded)
            } else {
                takeWord(isExcluded)
            }
        }
    }

    private mutating func takeSign() -> Bool {
        guard rest.first == "-" else { return false }
        rest = rest.drop { $0 == "-" }
        return true
    }

    /// A phrase ends at the next quote, or with the query.
    private mutating func takePhrase(_ isExcluded: Bool) {
        rest.removeFirst()
        let phrase = rest.prefix { !SearchTermScanner.isQuote($0) }
        rest = rest[phrase.endIndex...].dropFirst()
        add(phrase, isExcluded, isPrefix: false)
    }

    private mutating func takeWord(_ isExcluded: Bool) {
        let word = rest.prefix {
            !$0.properties.isWhitespace && !SearchTermScanner.isQuote($0)
        }
        rest = rest[word.endIndex...]
        let isLast = rest.allSatisfy(\.properties.isWhitespace)
        guard isLast, word.last == "*" else { return add(word, isExcluded, isPrefix: false) }
        add(word.dropLast(), isExcluded, isPrefix: true)
    }

    private mutating func add(
        _ text: Substring.UnicodeScalarView, _ isExcluded: Bool, isPrefix: Bool
    ) {
        let plain = String.UnicodeScalarView(text)
        if let term = SearchTerm(plain, isExcluded: isExcluded, isPrefix: isPrefix) {
            terms.append(term)
        }
    }

    /// Telephones write the curved ones.
    private static func isQuote(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "\"", "\u{201c}", "\u{201d}", "\u{201e}", "\u{ab}", "\u{bb}": true
        default: false
        }
    }
}
