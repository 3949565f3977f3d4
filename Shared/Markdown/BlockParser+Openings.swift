import Bytes

/// The blocks that may begin in a line.
extension BlockParser {
    /// Opens all blocks that begin here, one inside the other; answers the innermost, or `matched`.
    mutating func openBlocks(in matched: Int) -> Int {
        var container = matched
        while !document[container].kind.isCode {
            document.count(1)
            guard let opened = openBlock(in: container, isFirst: container == matched) else {
                break
            }
            container = opened
            if document[container].kind.isLeaf { break }
        }
        return container
    }

    private mutating func openBlock(in container: Int, isFirst: Bool) -> Int? {
        if line.isBlank { return nil }
        if line.indent >= LineCursor.codeIndent {
            return openCode(in: container, isFirst: isFirst)
        }
        if line[0] == UInt8(ascii: ">") { return openQuote(in: container) }
        if let heading = Heading(line) { return open(heading, in: container) }
        if let fence = Fence(line) {
            line.finish()
            return add(.fencedCode(fence), to: container)
        }
        if document[container].kind == .paragraph, let level = Heading.underline(line),
            document.takeDefinitions(from: container)
        {
            document[container].kind = .heading(level: level)
            line.finish()
            return container
        }
        if ThematicBreak.matches(line) {
            line.finish()
            return add(.rule, to: container)
        }
        return openItem(in: container)
    }

    /// Indented code cannot interrupt a paragraph.
    private mutating func openCode(in container: Int, isFirst: Bool) -> Int? {
        if isFirst, document[tip].kind == .paragraph { return nil }
        line.advance(columns: LineCursor.codeIndent)
        return add(.indentedCode, to: container)
    }

    private mutating func openQuote(in container: Int) -> Int? {
        guard hasRoom(in: container), takeQuoteMark() else { return nil }
        return add(.quote, to: container)
    }

    private mutating func open(_ heading: Heading, in container: Int) -> Int {
        let block = add(.heading(level: heading.level), to: container)
        document.append(line.bytes(heading.text), to: block)
        line.finish()
        return block
    }

    private mutating func openItem(in container: Int) -> Int? {
        let isParagraph = document[container].kind == .paragraph
        guard var marker = ListMarker(line, interruptsParagraph: isParagraph),
            hasRoom(in: container)
        else { return nil }
        let indent = line.indent
        line.advanceIntoText(marker.length)
        let space = line.indent
        if line.isBlank || space > LineCursor.codeIndent {
            // The item begins with an empty line or with indented code: one column is its own.
            if space > 0 { line.advance(columns: 1) }
            marker.contentColumn = indent + marker.length + 1
        } else {
            line.advance(columns: space)
            marker.contentColumn = indent + marker.length + space
        }
        var list = container
        if case .list(let style) = document[container].kind, style.matches(marker) {
        } else {
            let style = ListStyle(character: marker.character, start: marker.number)
            list = add(.list(style), to: container)
        }
        return add(.item(marker), to: list)
    }

    /// Whether another quote or item may be opened inside.
    private mutating func hasRoom(in container: Int) -> Bool {
        if document[container].depth < MarkdownLimits.containersMax { return true }
        warnings.add(.nestingCut)
        return false
    }
}
