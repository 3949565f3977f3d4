import Bytes

/// The first words of a text: white space becomes single spaces, what is too long is cut at a word.
struct Excerpt {
    private static let mark = "…"

    private var text = String.UnicodeScalarView()
    private var count = 0
    private var isSpaceDue = false

    var isEmpty: Bool { count == 0 }

    /// Whether it holds one scalar more than is shown, so that the rest does not matter.
    private var isFull: Bool { count > MarkdownLimits.excerptCharactersMax }

    /// Adds text; only as much of it is read as is needed.
    mutating func add(_ bytes: [UInt8], _ range: Range<Int>) {
        var index = range.lowerBound
        while index < range.upperBound, !isFull {
            let scalar = bytes.scalar(at: index)
            add(scalar)
            index += UTF8.width(scalar)
        }
    }

    mutating func add(_ scalar: Unicode.Scalar) {
        if CharacterClass.isWhitespace(scalar) { return addSpace() }
        if isSpaceDue, count > 0 { append(" ") }
        isSpaceDue = false
        append(scalar)
    }

    /// Ends a word.
    mutating func addSpace() { isSpaceDue = true }

    private mutating func append(_ scalar: Unicode.Scalar) {
        if isFull { return }
        text.append(scalar)
        count += 1
    }

    /// The excerpt, with `…` if it was cut.
    var shown: String {
        guard isFull else { return String(text) }
        let limit = text.index(text.startIndex, offsetBy: MarkdownLimits.excerptCharactersMax - 1)
        return String(text[..<cut(before: limit)]) + Excerpt.mark
    }

    /// The last place between words, or, in a single long word, between characters.
    private func cut(before limit: String.Index) -> String.Index {
        if text[limit] == " " { return limit }
        if let space = text[..<limit].lastIndex(of: " ") { return space }
        let whole = String(text)
        var cut = whole.startIndex
        var next = cut
        while next <= limit {
            cut = next
            next = whole.index(after: next)
        }
        return cut
    }
}
