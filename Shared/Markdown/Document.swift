import Bytes

/// A text cut into blocks. The text of all leaves lies in one array: only one leaf is open at a
/// time, so each has its own part of it.
struct Document {
    static let root = 0

    private(set) var blocks = [Block(kind: .document, parent: Block.none, depth: 0, openedAt: 0)]
    private(set) var text: [UInt8] = []
    private(set) var definitions = LinkDefinitions()
    private(set) var steps = 0

    subscript(block: Int) -> Block {
        _read { yield blocks[block] }
        _modify { yield &blocks[block] }
    }

    /// Counts work, for `RenderedText.steps`.
    mutating func count(_ steps: Int) { self.steps += steps }

    /// Adds a block as the last one inside `parent`.
    mutating func add(_ kind: Block.Kind, to parent: Int, openedAt place: Int) -> Int {
        let block = blocks.count
        var depth = blocks[parent].depth
        switch kind {
        case .quote, .item: depth += 1
        default: break
        }
        var new = Block(kind: kind, parent: parent, depth: depth, openedAt: place)
        new.content = text.count..<text.count
        blocks.append(new)
        if blocks[parent].lastChild == Block.none {
            blocks[parent].firstChild = block
        } else {
            blocks[blocks[parent].lastChild].next = block
        }
        blocks[parent].lastChild = block
        return block
    }

    /// Adds the rest of the line to a leaf, which is the one that was added to last.
    mutating func append(_ line: LineCursor, to leaf: Int) {
        line.appendRest(to: &text)
        blocks[leaf].content = blocks[leaf].content.lowerBound..<text.count
    }

    /// Adds bytes that need no line feed.
    mutating func append(_ bytes: ArraySlice<UInt8>, to leaf: Int) {
        text.append(contentsOf: bytes)
        blocks[leaf].content = blocks[leaf].content.lowerBound..<text.count
    }

    /// The children of a block, in order.
    func children(of block: Int) -> some Sequence<Int> {
        sequence(state: blocks[block].firstChild) { child in
            if child == Block.none { return nil }
            defer { child = blocks[child].next }
            return child
        }
    }

    /// Moves the definitions at the start of a paragraph to the others; false when nothing else is
    /// left of it.
    mutating func takeDefinitions(from paragraph: Int) -> Bool {
        var content = blocks[paragraph].content
        while !content.isEmpty, text[content.lowerBound] == UInt8(ascii: "[") {
            var scanner = LinkScanner(text, content)
            let definition = LinkDefinition(&scanner)
            steps += scanner.steps
            guard let definition else { break }
            definitions.add(definition)
            content = scanner.position..<content.upperBound
        }
        blocks[paragraph].content = content
        return !content.isEmpty
    }

    /// Ends a paragraph: no definitions, no white space at its end.
    mutating func finishParagraph(_ paragraph: Int) {
        guard takeDefinitions(from: paragraph) else {
            blocks[paragraph].kind = .definitions
            return
        }
        trimEnd(of: paragraph)
    }

    /// Takes white space from the end of a leaf.
    mutating func trimEnd(of leaf: Int) {
        let content = blocks[leaf].content
        var end = content.upperBound
        while end > content.lowerBound, CharacterClass.isSpace(text[end - 1]) { end -= 1 }
        blocks[leaf].content = content.lowerBound..<end
    }

    /// Takes blank lines from the end of indented code.
    mutating func trimBlankLines(of code: Int) {
        let start = blocks[code].content.lowerBound
        trimEnd(of: code)
        var end = blocks[code].content.upperBound
        while end < text.count, text[end] != ASCII.lineFeed { end += 1 }
        blocks[code].content = start..<min(end + 1, text.count)
    }

    /// A list is loose when a blank line lies between its items or between the blocks of one.
    mutating func setTightness(of list: Int) {
        guard case .list(var style) = blocks[list].kind else { return }
        style.isTight = !children(of: list).contains(where: isLoose)
        blocks[list].kind = .list(style)
    }

    private func isLoose(_ item: Int) -> Bool {
        let isLast = blocks[item].next == Block.none
        if blocks[item].endsBlank, !isLast { return true }
        return children(of: item).contains { child in
            (!isLast || blocks[child].next != Block.none) && endsBlank(child)
        }
    }

    /// Whether a blank line lies at the end of a block, or of what lies last in it.
    private func endsBlank(_ block: Int) -> Bool {
        if blocks[block].endsBlank { return true }
        switch blocks[block].kind {
        case .list, .item:
            let last = blocks[block].lastChild
            return last != Block.none && endsBlank(last)
        default:
            return false
        }
    }
}
