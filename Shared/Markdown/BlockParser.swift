import Bytes

/// Cuts a text into blocks, line by line, as CommonMark's first phase does: find the open blocks
/// that a line continues, open the ones that begin in it, give the rest to the innermost.
struct BlockParser {
    private let source: [UInt8]
    var document = Document()
    var line: LineCursor
    var warnings = WarningList()

    /// The innermost open block.
    private(set) var tip = Document.root

    init(_ source: [UInt8]) {
        self.source = source
        line = LineCursor(source, from: 0, to: 0)
    }

    /// Parses the whole text.
    mutating func parse() {
        var start = 0
        while start < source.count {
            let end = source[start...].firstIndex(of: ASCII.lineFeed) ?? source.count
            line = LineCursor(source, from: start, to: end)
            document.count(1 + end - start)
            takeLine()
            start = end + 1
        }
        closeAll(below: Document.root)
        close(Document.root)
    }

    private mutating func takeLine() {
        guard let matched = continuedBlock() else { return }
        let container = openBlocks(in: matched)
        noteBlank(in: container)
        if container == matched, tip != matched, !line.isBlank, document[tip].kind == .paragraph {
            // The paragraph goes on although the line lacks the marks of what is around it.
            return addText(to: tip)
        }
        closeAll(below: matched)
        tip = container
        switch document[container].kind {
        case .fencedCode where container != matched: break
        case .fencedCode, .indentedCode: document.append(line, to: container)
        case _ where line.isBlank: break
        case .paragraph: addText(to: container)
        default:
            tip = add(.paragraph, to: container)
            addText(to: tip)
        }
    }

    private mutating func addText(to paragraph: Int) {
        line.advanceIntoText()
        document.append(line, to: paragraph)
    }

    /// The innermost open block that this line continues; nil when it was a closing fence, which
    /// nothing is left of.
    private mutating func continuedBlock() -> Int? {
        var block = Document.root
        while true {
            let child = document[block].lastChild
            guard child != Block.none, document[child].isOpen else { return block }
            document.count(1)
            if case .fencedCode(let fence) = document[child].kind, fence.isClosed(by: line) {
                tip = close(child)
                return nil
            }
            guard continues(document[child]) else { return block }
            block = child
        }
    }

    /// Whether the line has what it takes to go on with the block, and takes it from the line.
    private mutating func continues(_ block: Block) -> Bool {
        switch block.kind {
        case .document, .list: return true
        case .quote: return takeQuoteMark()
        case .item(let marker):
            let isHeld = line.isBlank && block.firstChild != Block.none
            guard isHeld || line.indent >= marker.contentColumn else { return false }
            line.advance(columns: min(line.indent, marker.contentColumn))
            return true
        case .fencedCode(let fence):
            line.advance(columns: min(line.indent, fence.indent))
            return true
        case .indentedCode:
            guard line.isBlank || line.indent >= LineCursor.codeIndent else { return false }
            line.advance(columns: min(line.indent, LineCursor.codeIndent))
            return true
        case .paragraph: return !line.isBlank
        case .heading, .rule, .definitions: return false
        }
    }

    /// Takes a `>` and the column of white space behind it.
    mutating func takeQuoteMark() -> Bool {
        guard line.indent < LineCursor.codeIndent, line[0] == UInt8(ascii: ">") else {
            return false
        }
        line.advanceIntoText(1)
        if line.indent > 0 { line.advance(columns: 1) }
        return true
    }

    /// Adds a block to the innermost one around `container` that may hold it.
    mutating func add(_ kind: Block.Kind, to container: Int) -> Int {
        var parent = container
        while !document[parent].kind.canHold(kind) { parent = close(parent) }
        return document.add(kind, to: parent, openedAt: line.start)
    }

    private mutating func closeAll(below block: Int) {
        while tip != block { tip = close(tip) }
    }

    /// Ends a block; answers the one around it.
    @discardableResult
    private mutating func close(_ block: Int) -> Int {
        document[block].isOpen = false
        switch document[block].kind {
        case .paragraph: document.finishParagraph(block)
        case .heading: document.trimEnd(of: block)
        case .indentedCode: document.trimBlankLines(of: block)
        case .list: document.setTightness(of: block)
        default: break
        }
        return document[block].parent
    }

    /// Remembers blank lines where they decide whether a list is tight: not after quotes, headings,
    /// rules and fences, nor in an item that is still empty.
    private mutating func noteBlank(in container: Int) {
        let isBlank = line.isBlank
        let last = document[container].lastChild
        if isBlank, last != Block.none { document[last].endsBlank = true }
        var counts = isBlank
        switch document[container].kind {
        case .quote, .heading, .rule, .fencedCode: counts = false
        case .item:
            if last == Block.none, document[container].openedAt == line.start { counts = false }
        default: break
        }
        document[container].endsBlank = counts
        var parent = document[container].parent
        while parent != Block.none {
            document[parent].endsBlank = false
            parent = document[parent].parent
        }
    }
}
