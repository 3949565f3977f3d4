/// The pieces of a leaf as HTML.
extension DocumentWriter {
    mutating func writeInlines(_ leaf: Range<Int>) {
        inlines.parse(leaf)
        var index = inlines.tokens.first
        while index != InlineTokens.none {
            write(inlines.tokens[index])
            index = inlines.tokens[index].next
        }
    }

    private mutating func write(_ token: InlineToken) {
        switch token.kind {
        case .text: writeText(token.start..<token.end)
        case .code: writeCode(token)
        case .scalar: writeScalar(token)
        case .softBreak: writeBreak(isHard: false)
        case .hardBreak: writeBreak(isHard: true)
        case .emphasisOpen: open(.emphasis, token)
        case .emphasisClose: close(.emphasis, token)
        case .strongOpen: open(.strong, token)
        case .strongClose: close(.strong, token)
        case .strikeOpen: open(.strike, token)
        case .strikeClose: close(.strike, token)
        case .linkOpen, .imageOpen: openLink(token)
        case .linkClose: closeLink()
        case .address: writeAddress(token)
        case .mention: writeMention(token)
        }
    }

    private mutating func writeText(_ range: Range<Int>) {
        html.escaped(document.text[range])
        currentExcerpt.add(document.text, range)
    }

    private mutating func writeScalar(_ token: InlineToken) {
        guard let scalar = Unicode.Scalar(UInt32(token.value)) else { return }
        html.escaped(scalar)
        currentExcerpt.add(scalar)
    }

    /// A line feed in a code span is a space.
    private mutating func writeCode(_ token: InlineToken) {
        if pictureDepth == nil { html.open(.code) }
        var start = token.start
        while start < token.end {
            let stop = document.text[start..<token.end].firstIndex(of: 10) ?? token.end
            html.escaped(document.text[start..<stop])
            if stop < token.end { html.escaped(" ") }
            start = stop + 1
        }
        if pictureDepth == nil { html.close(.code) }
        currentExcerpt.add(document.text, token.start..<token.end)
    }

    private mutating func writeBreak(isHard: Bool) {
        if isHard, pictureDepth == nil { html.lineBreak() } else { html.lineFeed() }
        currentExcerpt.addSpace()
    }

    /// Beyond the deepest level the marks of an element are text.
    private mutating func open(_ element: HTMLWriter.Element, _ token: InlineToken) {
        let isWritten = openInlines.count < MarkdownLimits.inlineDepthMax
        openInlines.append(isWritten)
        if isWritten {
            if pictureDepth == nil { html.open(element) }
        } else {
            warnings.add(.nestingCut)
            writeText(token.start..<token.end)
        }
    }

    private mutating func close(_ element: HTMLWriter.Element, _ token: InlineToken) {
        if openInlines.removeLast() {
            if pictureDepth == nil { html.close(element) }
        } else {
            writeText(token.start..<token.end)
        }
    }

    /// Pictures that were uploaded here are shown. Others become links: showing them would make
    /// every reader's browser call an address that the author chose, and tell it who reads when.
    private mutating func openLink(_ token: InlineToken) {
        let link = inlines.links[token.value]
        let isWritten = openInlines.count < MarkdownLimits.inlineDepthMax && pictureDepth == nil
        openInlines.append(isWritten)
        guard isWritten, let address = link.address else {
            if link.address == nil { warnings.add(.addressRefused) }
            return
        }
        let isImage = token.kind == .imageOpen
        if isImage, address.isAttachment {
            pictureDepth = openInlines.count
            html.beginPicture(address, title: link.title)
        } else if linkDepth == nil {
            linkDepth = openInlines.count
            var attributes: [HTMLWriter.Attribute] = [.address(address)]
            if isImage { attributes.append(.image) }
            if !link.title.isEmpty { attributes.append(.title(link.title)) }
            html.open(.link, attributes)
        }
        let isEmpty =
            token.next != InlineTokens.none
            && inlines.tokens[token.next].kind == .linkClose
        if isImage, isEmpty, pictureDepth == nil { html.escaped(Array(address.text.utf8)[...]) }
    }

    private mutating func closeLink() {
        let depth = openInlines.count
        openInlines.removeLast()
        if pictureDepth == depth {
            pictureDepth = nil
            html.endPicture()
        } else if linkDepth == depth {
            linkDepth = nil
            html.close(.link)
        }
    }

    private mutating func writeAddress(_ token: InlineToken) {
        let isLink = linkDepth == nil && pictureDepth == nil
        if isLink, let address = inlines.links[token.value].address {
            html.open(.link, [.address(address)])
            writeText(token.start..<token.end)
            html.close(.link)
        } else {
            writeText(token.start..<token.end)
        }
    }

    /// Leaves room for a mention: who is meant is asked when all is written.
    private mutating func writeMention(_ token: InlineToken) {
        if linkDepth != nil || pictureDepth != nil { return writeText(token.start..<token.end) }
        let run = document.text.text(token.start + 1, token.end)
        mentions.append(Mention(offset: html.bytes.count, run: run, isQuoted: isQuoted))
        currentExcerpt.add(document.text, token.start..<token.end)
    }
}
