/// What a text asked for and did not get. The raw value is what an API shows.
package enum MarkdownWarning: String, CaseIterable, Equatable, Sendable {
    case textCut = "text-cut"
    case charactersReplaced = "characters-replaced"
    case nestingCut = "nesting-cut"
    case addressRefused = "address-refused"
    case referencesCut = "references-cut"
    case mentionsCut = "mentions-cut"
    case quotesCut = "quotes-cut"

    /// One sentence for the author.
    package var detail: String {
        switch self {
        case .textCut:
            "only the first \(MarkdownLimits.textCharactersMax) characters are shown"
        case .charactersReplaced:
            "control characters and marks that turn the direction of text are not shown"
        case .nestingCut:
            "quotes, lists or emphasis lie too deep inside one another and are shown as text"
        case .addressRefused:
            "a link is shown without its address: links begin with https:, http: or mailto:"
        case .referencesCut:
            "links by reference repeat more than can be shown; the rest is text"
        case .mentionsCut:
            "only the first \(MarkdownLimits.mentionsMax) people are mentioned"
        case .quotesCut:
            "only the first \(MarkdownLimits.quotesMax) posts are quoted by reference"
        }
    }
}

/// Warnings in the order in which they were first given, each once.
struct WarningList {
    private(set) var all: [MarkdownWarning] = []

    mutating func add(_ warning: MarkdownWarning) {
        if !all.contains(warning) { all.append(warning) }
    }
}
