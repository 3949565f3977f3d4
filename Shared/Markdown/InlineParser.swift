import Bytes

/// Cuts a leaf into pieces, as CommonMark's second phase does: one pass over the bytes, with a
/// stack of brackets and one of delimiters. Used again for each leaf of a document.
struct InlineParser {
    let text: [UInt8]
    let definitions: LinkDefinitions

    var tokens = InlineTokens()
    var links: [Link] = []
    var warnings = WarningList()
    var steps = 0
    /// Bytes of addresses and titles that references have repeated so far in the document.
    var repeatedBytes = 0

    var delimiters = DelimiterStack()
    var brackets = BracketStack()

    /// The leaf being parsed, and how far it is.
    private(set) var start = 0
    private(set) var end = 0
    var position = 0

    /// Where the text begins that no piece holds yet.
    private var plain = 0
    private var codeSpans: CodeSpans?

    init(_ document: Document) {
        text = document.text
        definitions = document.definitions
    }

    /// Leaves the pieces of the leaf in `tokens` and its links in `links`.
    mutating func parse(_ leaf: Range<Int>) {
        tokens.removeAll()
        links.removeAll(keepingCapacity: true)
        delimiters.removeAll()
        brackets.removeAll()
        codeSpans = nil
        start = leaf.lowerBound
        end = leaf.upperBound
        position = start
        plain = start
        steps += leaf.count
        while position < end { takeOne() }
        flush(to: end)
        matchDelimiters(since: 0)
    }

    private mutating func takeOne() {
        switch text[position] {
        case ASCII.lineFeed: takeLineEnd()
        case UInt8(ascii: "\\"): takeEscape()
        case UInt8(ascii: "`"): takeCode()
        case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"): takeDelimiters()
        case UInt8(ascii: "["): openBracket(isImage: false)
        case UInt8(ascii: "!"): takeExclamation()
        case UInt8(ascii: "]"): closeBracket()
        case UInt8(ascii: "<"): takeAngleAddress()
        case UInt8(ascii: "&"): takeEntity()
        case UInt8(ascii: "@"): takeMention()
        case UInt8(ascii: "h"), UInt8(ascii: "H"): takeBareAddress()
        default: position += 1
        }
    }

    /// The byte at a place; 0 outside the leaf, as no source holds it.
    func byte(at place: Int) -> UInt8 { place >= start && place < end ? text[place] : 0 }

    /// Whether there is text before `position` that no piece holds yet.
    var hasPlainText: Bool { plain < position }

    /// Makes a piece of the text before `place`.
    mutating func flush(to place: Int) {
        if plain < place { tokens.append(InlineToken(.text, plain, place)) }
        plain = place
    }

    /// Adds a piece that reaches from `position` to `place`, and goes on there.
    @discardableResult
    mutating func take(_ kind: InlineToken.Kind, to place: Int, value: Int = 0) -> Int {
        flush(to: position)
        let token = tokens.append(InlineToken(kind, position, place, value: value))
        goOn(at: place)
        return token
    }

    /// Goes on at `place`, without a piece for what lies before it.
    mutating func goOn(at place: Int) {
        position = place
        plain = place
    }

    mutating func matchDelimiters(since mark: Int) {
        let before = delimiters.steps
        delimiters.match(since: mark, &tokens)
        steps += delimiters.steps - before
    }

    /// Two spaces or more before the line feed make it a break that shows.
    private mutating func takeLineEnd() {
        var textEnd = position
        while textEnd > plain, CharacterClass.isBlank(text[textEnd - 1]) { textEnd -= 1 }
        let isHard =
            position - textEnd >= 2 && text[position - 1] == ASCII.space
            && text[position - 2] == ASCII.space
        flush(to: textEnd)
        goOn(at: position)
        take(isHard ? .hardBreak : .softBreak, to: position + 1)
    }

    private mutating func takeEscape() {
        let next = byte(at: position + 1)
        if next == ASCII.lineFeed {
            take(.hardBreak, to: position + 2)
        } else if CharacterClass.isPunctuation(next) {
            flush(to: position)
            goOn(at: position + 1)
            position += 1
        } else {
            position += 1
        }
    }

    private mutating func takeCode() {
        let length = CodeSpans.run(text, at: position, end: end)
        if codeSpans == nil {
            codeSpans = CodeSpans(text, start..<end)
            steps += end - start
        }
        let inside = position + length
        guard let close = codeSpans?.close(length: length, from: inside) else {
            position = inside
            return
        }
        let shown = CodeSpans.shown(text, inside..<close)
        steps += shown.count
        flush(to: position)
        tokens.append(InlineToken(.code, shown.lowerBound, shown.upperBound))
        goOn(at: close + length)
    }

    private mutating func takeEntity() {
        guard let entity = Entity(text, at: position, end: end) else {
            position += 1
            return
        }
        take(.scalar, to: position + entity.length, value: Int(entity.scalar.value))
    }

    private mutating func takeDelimiters() {
        let mark = text[position]
        var runEnd = position + 1
        while runEnd < end, text[runEnd] == mark { runEnd += 1 }
        let length = runEnd - position
        let sides = DelimiterSides(text, start..<end, position..<runEnd)
        let token = take(.text, to: runEnd)
        // A single tilde is used for “about”, and three or more open a fence elsewhere.
        if mark == UInt8(ascii: "~"), length != 2 { return }
        guard sides.canOpen || sides.canClose else { return }
        delimiters.push(
            token: token, byte: mark, length: length, canOpen: sides.canOpen,
            canClose: sides.canClose)
    }
}

/// Whether a run of delimiters may begin or end emphasis, by the characters beside it.
private struct DelimiterSides {
    let canOpen: Bool
    let canClose: Bool

    init(_ text: [UInt8], _ leaf: Range<Int>, _ run: Range<Int>) {
        let before = text.scalar(before: run.lowerBound, from: leaf.lowerBound) ?? "\n"
        let after = run.upperBound < leaf.upperBound ? text.scalar(at: run.upperBound) : "\n"
        let (isSpaceBefore, isSpaceAfter) = (
            CharacterClass.isWhitespace(before), CharacterClass.isWhitespace(after)
        )
        let (isMarkBefore, isMarkAfter) = (
            CharacterClass.isPunctuation(before), CharacterClass.isPunctuation(after)
        )
        let isLeft = !isSpaceAfter && (!isMarkAfter || isSpaceBefore || isMarkBefore)
        let isRight = !isSpaceBefore && (!isMarkBefore || isSpaceAfter || isMarkAfter)
        if text[run.lowerBound] == UInt8(ascii: "_") {
            // Underscores inside words are part of names.
            canOpen = isLeft && (!isRight || isMarkBefore)
            canClose = isRight && (!isLeft || isMarkAfter)
        } else {
            canOpen = isLeft
            canClose = isRight
        }
    }
}
