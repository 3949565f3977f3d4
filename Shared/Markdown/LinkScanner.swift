import Bytes

/// Reads the parts of a link: labels, addresses, titles, and the white space between them.
struct LinkScanner {
    private static let titleMarks = ByteSet("\"'(")

    let text: [UInt8]
    private let start: Int
    private let end: Int
    private(set) var position: Int
    private var furthest: Int

    init(_ text: [UInt8], _ range: Range<Int>) {
        self.text = text
        start = range.lowerBound
        end = range.upperBound
        position = start
        furthest = start
    }

    /// Bytes that were looked at, those of failed attempts included.
    var steps: Int { 1 + max(furthest, position) - start }

    /// Takes `byte` if it comes next.
    mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte else { return false }
        position += 1
        return true
    }

    /// The next byte; 0 at the end, as no source holds it.
    var peek: UInt8 { position < end ? text[position] : 0 }

    /// Takes spaces, tabs and line feeds; a leaf has no blank lines, so there is at most one of the
    /// last. False when there are none.
    @discardableResult
    mutating func takeSpace() -> Bool {
        let before = position
        while CharacterClass.isSpace(peek) { position += 1 }
        return position > before
    }

    /// Takes the white space up to and including the end of the line; false when anything else
    /// comes first, and then nothing is taken.
    mutating func takeLineEnd() -> Bool {
        var place = position
        while place < end, CharacterClass.isBlank(text[place]) { place += 1 }
        furthest = max(furthest, place)
        guard place == end || text[place] == ASCII.lineFeed else { return false }
        position = min(place + 1, end)
        return true
    }

    /// Takes `[label]` and answers the place of the label; nil when none comes next.
    mutating func label() -> Range<Int>? {
        guard take(UInt8(ascii: "[")) else { return nil }
        let start = position
        while position < end, position - start <= MarkdownLimits.labelBytesMax {
            switch text[position] {
            case UInt8(ascii: "]"):
                position += 1
                return start..<(position - 1)
            case UInt8(ascii: "["): return nil
            default: skip()
            }
        }
        return nil
    }

    /// Takes an address, in angle brackets or bare, and answers its place; nil when none comes
    /// next. Only in brackets it may be empty.
    mutating func address() -> Range<Int>? {
        if take(UInt8(ascii: "<")) { return bracketedAddress() }
        let start = position
        var depth = 0
        while position < end, position - start <= MarkdownLimits.addressBytesMax {
            let byte = text[position]
            if byte <= ASCII.space { break }
            if byte == UInt8(ascii: "(") {
                depth += 1
                if depth > MarkdownLimits.addressBracketsMax { return nil }
            } else if byte == UInt8(ascii: ")") {
                if depth == 0 { break }
                depth -= 1
            }
            skip()
        }
        let count = position - start
        let fits = count > 0 && count <= MarkdownLimits.addressBytesMax
        return fits && depth == 0 ? start..<position : nil
    }

    private mutating func bracketedAddress() -> Range<Int>? {
        let start = position
        while position < end, position - start <= MarkdownLimits.addressBytesMax {
            switch text[position] {
            case UInt8(ascii: ">"):
                position += 1
                return start..<(position - 1)
            case UInt8(ascii: "<"), ASCII.lineFeed: return nil
            default: skip()
            }
        }
        return nil
    }

    /// Takes a title in double or single quotes or in round brackets and answers the place of its
    /// text. When none comes next, it answers nil and takes nothing.
    mutating func title() -> Range<Int>? {
        let before = position
        let open = peek
        let close = open == UInt8(ascii: "(") ? UInt8(ascii: ")") : open
        guard LinkScanner.titleMarks.contains(open) else { return nil }
        position += 1
        while position < end {
            let byte = text[position]
            if byte == close {
                position += 1
                return (before + 1)..<(position - 1)
            }
            if byte == open { break }
            skip()
        }
        furthest = max(furthest, position)
        position = before
        return nil
    }

    /// Goes back to a place where this scanner was before.
    mutating func goBack(to place: Int) {
        furthest = max(furthest, position)
        position = place
    }

    /// Passes one byte, or a backslash with what it escapes.
    private mutating func skip() {
        let isEscape =
            text[position] == UInt8(ascii: "\\") && position + 1 < end
            && CharacterClass.isPunctuation(text[position + 1])
        position += isEscape ? 2 : 1
    }
}
