import Markdown
import Testing

@Suite("Posts quoted by reference")
struct QuoteTests {
    @Test("quoted posts are told in order, each once")
    func order() {
        let text = "> [quote post=12]\n> a\n\nb\n\n> [quote post=3]\n\nc\n\n> [quote post=12]\n> d"
        let rendered = Markdown.render(text)
        #expect(rendered.quotes == [12, 3])
        #expect(rendered.warnings == [])
    }

    @Test("a quote inside a quote is its author's")
    func nested() {
        let rendered = Markdown.render("> [quote post=1]\n> > [quote post=2]\n> > a\n>\n> b")
        #expect(rendered.quotes == [1])
        #expect(rendered.html.contains("cite=\"/api/posts/2\""))
    }

    @Test("twenty posts are quoted by reference, the others without")
    func limit() {
        let text = (1...25).map { "> [quote post=\($0)]\n\na\n\n" }.joined()
        let rendered = Markdown.render(text)
        #expect(rendered.quotes == (1...20).map(Int64.init))
        #expect(rendered.warnings == [.quotesCut])
        #expect(rendered.html.split(separator: "cite=").count == 21)
        #expect(HTMLChecker.faults(in: rendered.html) == [])
    }

    @Test("the reference is no part of the excerpt")
    func excerpt() {
        #expect(Markdown.render("> [quote post=1]\n> a\n\nb").excerpt == "b")
        #expect(Markdown.render("> [quote post=1]\n> a").excerpt == "a")
    }

    @Test("the longest number is below 2^53")
    func longest() {
        #expect(Markdown.render("> [quote post=999999999999999]").quotes == [999_999_999_999_999])
        #expect(Markdown.render("> [quote post=1000000000000000]").quotes == [])
    }
}
