import Markdown
import Testing

@Suite("Limits, and what an author is told")
struct LimitTests {
    @Test("quotes and lists lie at most sixteen deep; the marks beyond are text")
    func containers() {
        let rendered = Markdown.render(String(repeating: "> ", count: 18) + "a")
        #expect(rendered.html.split(separator: "<blockquote>").count == 16)
        #expect(rendered.html.contains("<p>&gt; &gt; a</p>"))
        #expect(rendered.warnings == [.nestingCut])
        let fits = Markdown.render(String(repeating: "- ", count: 16) + "a")
        #expect(fits.warnings == [])
        #expect(fits.html.contains("<li>a</li>"))
    }

    @Test("emphasis lies at most thirty-two deep; the marks beyond are text")
    func inlines() {
        func nested(_ depth: Int) -> RenderedText {
            let opening = String(repeating: "*a _b ", count: depth / 2)
            return Markdown.render(opening + "x" + String(repeating: " c_ d*", count: depth / 2))
        }
        #expect(nested(32).warnings == [])
        #expect(nested(34).warnings == [.nestingCut])
        #expect(nested(34).html.split(separator: "<em>").count == 33)
        #expect(nested(34).html.contains("<em>b *a _b x c_ d* c</em>"))
        #expect(HTMLChecker.faults(in: nested(2_000).html) == [])
    }

    @Test("what lies beyond thirty-two thousand characters is left out")
    func text() {
        let fits = String(repeating: "é", count: 32_000)
        #expect(Markdown.render(fits).html == "<p>\(fits)</p>\n")
        let rendered = Markdown.render(fits + "x")
        #expect(rendered.html == "<p>\(fits)</p>\n")
        #expect(rendered.warnings == [.textCut])
    }

    @Test("control characters are replaced, marks of direction vanish")
    func characters() {
        let rendered = Markdown.render("a\u{0}b\u{7}c\u{85}d \u{202e}e\u{2069} \u{200f}f")
        #expect(rendered.html == "<p>a\u{fffd}b\u{fffd}c\u{fffd}d e \u{200f}f</p>\n")
        #expect(rendered.warnings == [.charactersReplaced])
    }

    @Test("a refused address is told, and its text stays")
    func address() {
        let rendered = Markdown.render("[*a*](javascript:b)")
        #expect(rendered.html == "<p><em>a</em></p>\n")
        #expect(rendered.warnings == [.addressRefused])
    }

    @Test("an address of two thousand bytes is a link, a longer one is text")
    func longAddress() {
        let longest = "https://a.org/" + String(repeating: "b", count: 1_986)
        for text in [longest, "[a](\(longest))", "<\(longest)>", "[a]: \(longest)\n[a]"] {
            #expect(Markdown.render(text).html.contains("<a href"), "\(text.prefix(20))")
        }
        for text in ["\(longest)b", "<\(longest)b>", "[a](\(longest)b)", "[a]: \(longest)b\n[a]"] {
            #expect(!Markdown.render(text).html.contains("<a href"), "\(text.prefix(20))")
        }
    }

    @Test("a label of 999 bytes is a label, a longer one is text")
    func longLabel() {
        let longest = String(repeating: "a", count: 999)
        #expect(Markdown.render("[\(longest)]: https://b.org\n[\(longest)]").html.contains("<a "))
        let longer = longest + "a"
        #expect(!Markdown.render("[\(longer)]: #\n[\(longer)]").html.contains("<a "))
    }

    @Test("each warning has a word and a sentence of its own", arguments: MarkdownWarning.allCases)
    func sentences(warning: MarkdownWarning) {
        let others = MarkdownWarning.allCases.filter { $0 != warning }
        #expect(!others.contains { $0.detail == warning.detail || $0.rawValue == warning.rawValue })
        #expect(warning.detail.count > 20 && !warning.detail.hasSuffix("."))
    }
}
