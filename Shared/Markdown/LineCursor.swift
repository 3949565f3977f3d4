import Bytes

/// A place in one line, in bytes and in columns: a tab reaches to the next multiple of four, and a
/// block may take only a part of it.
struct LineCursor {
    /// Columns of white space that make a line code.
    static let codeIndent = 4

    private let source: [UInt8]

    /// Where the line begins and ends in the source, its line feed not counted.
    let start: Int
    let end: Int

    private(set) var position: Int
    private(set) var column = 0
    private var isInsideTab = false

    /// The first byte from `position` on that is no space or tab; `end` if there is none.
    private(set) var textPosition: Int
    private var textColumn = 0

    init(_ source: [UInt8], from start: Int, to end: Int) {
        self.source = source
        self.start = start
        self.end = end
        position = start
        textPosition = start
        measure()
    }

    /// Columns of white space before the text.
    var indent: Int { textColumn - column }

    /// Whether there is nothing left but white space.
    var isBlank: Bool { textPosition == end }

    /// The byte `offset` behind the start of the text; 0 beyond the end, as no source holds it.
    subscript(offset: Int) -> UInt8 {
        textPosition + offset < end ? source[textPosition + offset] : 0
    }

    /// The text without the white space around it, as places in the source.
    var trimmedText: Range<Int> {
        var last = end
        while last > textPosition, CharacterClass.isBlank(source[last - 1]) { last -= 1 }
        return textPosition..<last
    }

    /// Bytes of the source.
    func bytes(_ range: Range<Int>) -> ArraySlice<UInt8> { source[range] }

    /// Takes that many columns, of white space or of anything.
    mutating func advance(columns: Int) {
        var rest = columns
        while rest > 0, position < end {
            let isTab = source[position] == ASCII.tab
            let width = isTab ? 4 - column % 4 : 1
            let taken = min(width, rest)
            column += taken
            rest -= taken
            isInsideTab = taken < width
            if !isInsideTab { position += 1 }
        }
        measure()
    }

    /// Takes the white space and `bytes` of the text, none of which is a tab.
    mutating func advanceIntoText(_ bytes: Int = 0) {
        position = textPosition + bytes
        column = textColumn + bytes
        isInsideTab = false
        measure()
    }

    /// Takes all that is left.
    mutating func finish() { advanceIntoText(end - textPosition) }

    /// Adds the rest of the line and a line feed; what is left of a tab becomes spaces.
    func appendRest(to text: inout [UInt8]) {
        var from = position
        if isInsideTab {
            for _ in 0..<(4 - column % 4) { text.append(ASCII.space) }
            from += 1
        }
        text.append(contentsOf: source[from..<end])
        text.append(ASCII.lineFeed)
    }

    /// Finds the text again, but only after having passed it.
    private mutating func measure() {
        if textPosition > position { return }
        textPosition = position
        textColumn = column
        while textPosition < end {
            switch source[textPosition] {
            case ASCII.space: textColumn += 1
            case ASCII.tab: textColumn += 4 - textColumn % 4
            default: return
            }
            textPosition += 1
        }
    }
}
