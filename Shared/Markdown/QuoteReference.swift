import Bytes

/// The first line of a quote that says which post is quoted: `> [quote post=12]`. The author of
/// that post is known to its service, so the line cannot lie about it.
struct QuoteReference {
    private static let opening = Array("[quote post=".utf8)

    let post: Int64
    /// Where the text behind the line begins.
    let end: Int

    /// The reference at the start of a paragraph; nil when its first line is anything else. A post
    /// is a number from 1 on, without zeros before it.
    init?(_ text: [UInt8], _ paragraph: Range<Int>) {
        let opening = QuoteReference.opening
        let rest = text[paragraph]
        guard rest.starts(with: opening) else { return nil }
        let digits = rest.dropFirst(opening.count).prefix(while: ASCII.isDigit)
        guard (1...MarkdownLimits.postDigitsMax).contains(digits.count),
            digits.first != UInt8(ascii: "0")
        else { return nil }
        var scanner = LinkScanner(text, digits.endIndex..<paragraph.upperBound)
        guard scanner.take(UInt8(ascii: "]")), scanner.takeLineEnd() else { return nil }
        post = digits.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
        end = scanner.position
    }
}
