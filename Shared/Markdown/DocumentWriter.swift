import Bytes

/// Writes a document as HTML, and notes on the way what else is asked of it: the excerpt, the
/// quoted posts, the mentions and where they go.
struct DocumentWriter {
    let document: Document
    var html = HTMLWriter()
    var inlines: InlineParser
    var warnings: WarningList

    /// The first words outside quotes, and those inside, for a text that is nothing but a quote.
    private var ownExcerpt = Excerpt()
    private var quotedExcerpt = Excerpt()

    private(set) var quotes: [Int64] = []
    var mentions: [Mention] = []

    private var quoteDepth = 0

    /// The elements of a leaf that are open, and whether they were written or are text.
    var openInlines: [Bool] = []
    /// Numbers of open elements among them: a link lies in no link, a picture holds only text.
    var linkDepth: Int?
    var pictureDepth: Int?

    init(_ document: Document, warnings: WarningList) {
        self.document = document
        self.warnings = warnings
        inlines = InlineParser(document)
    }

    /// Writes everything.
    mutating func write() {
        writeChildren(of: Document.root, isTight: false)
        for warning in inlines.warnings.all { warnings.add(warning) }
    }

    var excerpt: String { (ownExcerpt.isEmpty ? quotedExcerpt : ownExcerpt).shown }

    var isQuoted: Bool { quoteDepth > 0 }

    /// The excerpt that the current block belongs to.
    var currentExcerpt: Excerpt {
        get { isQuoted ? quotedExcerpt : ownExcerpt }
        _modify {
            if isQuoted { yield &quotedExcerpt } else { yield &ownExcerpt }
        }
    }

    private mutating func writeChildren(of block: Int, isTight: Bool) {
        for child in document.children(of: block) { write(child, isTight: isTight) }
    }

    private mutating func write(_ block: Int, isTight: Bool) {
        let content = document[block].content
        switch document[block].kind {
        case .document, .definitions: break
        case .quote: writeQuote(block)
        case .list(let style): writeList(block, style)
        case .item: writeItem(block, isTight: isTight)
        case .paragraph: writeParagraph(content, isTight: isTight)
        case .heading(let level): writeHeading(content, level)
        case .rule:
            html.freshLine()
            html.rule()
        case .indentedCode: writeCode(content, nil)
        case .fencedCode(let fence): writeCode(content, fence.language)
        }
        currentExcerpt.addSpace()
    }

    private mutating func writeQuote(_ block: Int) {
        html.freshLine()
        let reference = reference(of: block)
        html.open(.quote, attributes(of: reference))
        html.lineFeed()
        quoteDepth += 1
        for child in document.children(of: block) {
            if let reference, child == document[block].firstChild {
                let content = reference.end..<document[child].content.upperBound
                if !content.isEmpty { writeParagraph(content, isTight: false) }
            } else {
                write(child, isTight: false)
            }
        }
        quoteDepth -= 1
        html.freshLine()
        html.close(.quote)
        html.lineFeed()
    }

    private func reference(of quote: Int) -> QuoteReference? {
        let first = document[quote].firstChild
        guard first != Block.none, document[first].kind == .paragraph else { return nil }
        return QuoteReference(document.text, document[first].content)
    }

    /// Notes the quoted post, but not one that is quoted inside a quote: that is its author's.
    private mutating func attributes(of reference: QuoteReference?) -> [HTMLWriter.Attribute] {
        guard let post = reference?.post else { return [] }
        if !isQuoted, !quotes.contains(post) {
            guard quotes.count < MarkdownLimits.quotesMax else {
                warnings.add(.quotesCut)
                return []
            }
            quotes.append(post)
        }
        return [.quotedPost(post)]
    }

    private mutating func writeList(_ block: Int, _ style: ListStyle) {
        html.freshLine()
        let element: HTMLWriter.Element = style.start == nil ? .bulletList : .orderedList
        let start = style.start ?? 1
        html.open(element, start == 1 ? [] : [.start(start)])
        html.lineFeed()
        writeChildren(of: block, isTight: style.isTight)
        html.close(element)
        html.lineFeed()
    }

    private mutating func writeItem(_ block: Int, isTight: Bool) {
        html.freshLine()
        html.open(.item)
        writeChildren(of: block, isTight: isTight)
        html.close(.item)
        html.lineFeed()
    }

    private mutating func writeParagraph(_ content: Range<Int>, isTight: Bool) {
        if isTight { return writeInlines(content) }
        html.freshLine()
        html.open(.paragraph)
        writeInlines(content)
        html.close(.paragraph)
        html.lineFeed()
    }

    private mutating func writeHeading(_ content: Range<Int>, _ level: Int) {
        html.freshLine()
        html.open(.heading(level: level))
        writeInlines(content)
        html.close(.heading(level: level))
        html.lineFeed()
    }

    private mutating func writeCode(_ content: Range<Int>, _ language: Language?) {
        html.freshLine()
        html.open(.preformatted)
        html.open(.code, language.map { [.language($0)] } ?? [])
        html.escaped(document.text[content])
        html.close(.code)
        html.close(.preformatted)
        html.lineFeed()
        currentExcerpt.add(document.text, content)
    }
}
