import TopicsAPI

/// A title in a form fit for an address: lower-case letters and digits of any script, joined by
/// single hyphens; apostrophes vanish. `Who's seen the heron?` becomes `whos-seen-the-heron`.
enum Slug {
    /// The slug of a title with nothing to keep, such as `???`.
    static let ofNothing = "thread"

    /// At most `TopicLimits.slugCharactersMax` scalars, cut between words where there are any.
    static func make(_ title: String) -> String {
        var words: [String] = []
        var count = 0
        for word in Slug.words(of: title) {
            let room = TopicLimits.slugCharactersMax - count - (words.isEmpty ? 0 : 1)
            if word.unicodeScalars.count > room {
                if words.isEmpty { words.append(cut(word, to: room)) }
                break
            }
            count = TopicLimits.slugCharactersMax - room + word.unicodeScalars.count
            words.append(word)
        }
        return words.isEmpty ? ofNothing : words.joined(separator: "-")
    }

    private static func words(of title: String) -> [String] {
        var words: [String] = []
        var word = ""
        for scalar in title.unicodeScalars where !isApostrophe(scalar) {
            if isKept(scalar) {
                word += scalar.properties.lowercaseMapping
            } else if !word.isEmpty {
                words.append(word)
                word = ""
            }
        }
        if !word.isEmpty { words.append(word) }
        return words
    }

    private static func cut(_ word: String, to count: Int) -> String {
        var cut = ""
        cut.unicodeScalars.append(contentsOf: word.unicodeScalars.prefix(count))
        return cut
    }

    private static func isApostrophe(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "'" || scalar == "\u{2019}"
    }

    /// Letters with their marks, and digits.
    private static func isKept(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return isKeptASCII(UInt8(truncatingIfNeeded: scalar.value)) }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .nonspacingMark, .spacingMark, .decimalNumber:
            return true
        default:
            return false
        }
    }

    private static func isKeptASCII(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10
    }
}
