import Bytes

/// Brackets, and what follows them.
extension InlineParser {
    mutating func openBracket(isImage: Bool) {
        let token = take(.text, to: position + (isImage ? 2 : 1))
        brackets.push(
            BracketStack.Bracket(
                token: token, isImage: isImage, content: position, delimiters: delimiters.mark))
    }

    mutating func takeExclamation() {
        if byte(at: position + 1) == UInt8(ascii: "[") {
            openBracket(isImage: true)
        } else {
            position += 1
        }
    }

    mutating func closeBracket() {
        guard let (bracket, isUsable) = brackets.last else {
            position += 1
            return
        }
        guard isUsable, let (link, linkEnd) = inlineLink() ?? reference(bracket) else {
            brackets.pop()
            position += 1
            return
        }
        tokens[bracket.token].kind = bracket.isImage ? .imageOpen : .linkOpen
        tokens[bracket.token].value = links.count
        links.append(link)
        take(.linkClose, to: linkEnd)
        matchDelimiters(since: bracket.delimiters)
        brackets.pop()
        if !bracket.isImage { brackets.noteLink() }
    }

    /// `(address "title")` behind the bracket at `position`, with the place where it ends.
    private mutating func inlineLink() -> (Link, Int)? {
        guard byte(at: position + 1) == UInt8(ascii: "(") else { return nil }
        var scanner = LinkScanner(text, (position + 2)..<end)
        let parts = InlineParser.parts(&scanner)
        steps += scanner.steps
        guard let parts else { return nil }
        return (Link(text, address: parts.address, title: parts.title), scanner.position)
    }

    private static func parts(
        _ scanner: inout LinkScanner
    ) -> (address: Range<Int>, title: Range<Int>?)? {
        scanner.takeSpace()
        var address = scanner.position..<scanner.position
        var title: Range<Int>?
        if scanner.peek != UInt8(ascii: ")") {
            guard let found = scanner.address() else { return nil }
            address = found
            if scanner.takeSpace() { title = scanner.title() }
            scanner.takeSpace()
        }
        return scanner.take(UInt8(ascii: ")")) ? (address, title) : nil
    }

    /// `[label]` or `[]` behind the bracket at `position`, or nothing: then the text in the
    /// brackets is the label.
    private mutating func reference(_ bracket: BracketStack.Bracket) -> (Link, Int)? {
        if definitions.isEmpty { return nil }
        var scanner = LinkScanner(text, (position + 1)..<end)
        let found = scanner.label()
        steps += scanner.steps
        var label = bracket.content..<position
        var linkEnd = position + 1
        if let found {
            linkEnd = scanner.position
            if !found.isEmpty { label = found }
        }
        let isOwnText = found?.isEmpty ?? true
        if isOwnText, bracket.holdsBracket || label.count > MarkdownLimits.labelBytesMax {
            return nil
        }
        steps += label.count
        guard let link = definitions.link(text[label]) else { return nil }
        repeatedBytes += link.byteCount
        if repeatedBytes > MarkdownLimits.repeatedBytesMax {
            warnings.add(.referencesCut)
            return nil
        }
        return (link, linkEnd)
    }
}
