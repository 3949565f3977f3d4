import Bytes

/// CommonMark for the posts of a forum: text from anybody in, HTML that can do nothing but be read
/// out. README.md lists what is supported and where it differs.
package enum Markdown {
    /// Renders `text`; mentions are marked and lead nowhere. Never fails: what is no markup, or too
    /// much of it, is text. The work grows with the length of the text and never faster.
    package static func render(_ text: String) -> RenderedText {
        render(text) { _ in nil }
    }

    /// Renders `text`. `user` answers whose name it is asked for, or nil; it is asked at most
    /// sixty times for people that the text mentions and as often for those in its quotes, and what
    /// it throws is thrown.
    package static func render<Failure: Error>(
        _ text: String, user: (String) throws(Failure) -> Int64?
    ) throws(Failure) -> RenderedText {
        let source = SourceText(text)
        var parser = BlockParser(source.bytes)
        parser.parse()
        var warnings = source.warnings
        for warning in parser.warnings.all { warnings.add(warning) }

        var writer = DocumentWriter(parser.document, warnings: warnings)
        writer.write()

        var page = Page(writer.html.bytes, warnings: writer.warnings)
        try page.write(writer.mentions, user)
        return RenderedText(
            html: String(decoding: page.html.bytes, as: UTF8.self), mentions: page.names,
            quotes: writer.quotes, excerpt: writer.excerpt, warnings: page.warnings.all,
            steps: source.bytes.count + parser.document.steps + writer.inlines.steps
                + writer.html.bytes.count)
    }
}

/// HTML in which the mentions are still missing, and what it becomes with them.
private struct Page {
    private let written: [UInt8]
    private var own = MentionRegister()
    private var quoted = MentionRegister()
    private(set) var html = HTMLWriter()
    private(set) var warnings: WarningList

    init(_ written: [UInt8], warnings: WarningList) {
        self.written = written
        self.warnings = warnings
    }

    /// The people that the text itself mentions.
    var names: [String] { own.people.map(\.name) }

    mutating func write<Failure: Error>(
        _ mentions: [Mention], _ user: (String) throws(Failure) -> Int64?
    ) throws(Failure) {
        var copied = 0
        for mention in mentions {
            html.copy(written[copied..<mention.offset])
            copied = mention.offset
            if mention.isQuoted {
                write(mention, try quoted.person(mention.run, user))
            } else {
                let person = try own.person(mention.run, user)
                if person == nil { warnings.add(.mentionsCut) }
                write(mention, person)
            }
        }
        html.copy(written[copied...])
    }

    private mutating func write(_ mention: Mention, _ person: MentionRegister.Person?) {
        let run = Array("@\(mention.run)".utf8)
        guard let person else { return html.escaped(run[...]) }
        let nameEnd = 1 + person.name.utf8.count
        if let id = person.id {
            html.open(.link, [.user(id), .mention])
            html.escaped(run[..<nameEnd])
            html.close(.link)
        } else {
            html.open(.span, [.mention])
            html.escaped(run[..<nameEnd])
            html.close(.span)
        }
        html.escaped(run[nameEnd...])
    }
}
