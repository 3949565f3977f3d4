import Search
import Seeding
import Testing

@Suite("Snippets")
struct SnippetTests {
    private static let open = "\(Snippet.open)"
    private static let close = "\(Snippet.close)"

    private func snippet(_ text: String) -> Snippet {
        Snippet(
            marked: String(
                text.flatMap { character -> String in
                    character == "{" ? Self.open : character == "}" ? Self.close : String(character)
                }))
    }

    @Test(
        "marks become places in the text, and elements in HTML",
        arguments: [
            ("the {fuse} box", "the fuse box", [4..<8], "the <mark>fuse</mark> box"),
            ("{a} {b}", "a b", [0..<1, 2..<3], "<mark>a</mark> <mark>b</mark>"),
            ("{a}{b}", "ab", [0..<2], "<mark>ab</mark>"), ("{}a", "a", [], "a"),
            ("a", "a", [], "a"),
            ("", "", [], ""), ("é{🙂}x", "é🙂x", [1..<2], "é<mark>🙂</mark>x"),
            ("a {b", "a b", [2..<3], "a <mark>b</mark>"), ("a} b", "a b", [], "a b"),
            ("{{a}} b", "a b", [0..<1], "<mark>a</mark> b"),
            ("  a\n\n{ b }\t", "a b", [2..<3], "a <mark>b</mark>"),
            ("<b> & {\"c'}", "<b> & \"c'", [6..<9], "&lt;b&gt; &amp; <mark>&quot;c&#39;</mark>"),
            ("a\u{0}\u{7}b\u{202e}c", "abc", [], "abc"),
        ] as [(String, String, [Range<Int>], String)])
    func marks(marked: String, text: String, marks: [Range<Int>], html: String) {
        let snippet = snippet(marked)
        #expect(snippet.text == text)
        #expect(snippet.marks == marks)
        #expect(snippet.html == html)
    }

    @Test("FTS5's own snippets are marked and cut")
    func real() async throws {
        let library = try Library()
        let filler = Array(repeating: "word", count: 60).joined(separator: " ")
        try await library.put(1, "\(filler) the <b>Fuse</b> & the Teapot \(filler)")
        let snippet = try #require(try library.snippets("fuse tea*", words: 8).first)
        #expect(
            snippet.html.contains(
                "&lt;b&gt;<mark>Fuse</mark>&lt;/b&gt; &amp; the <mark>Teapot</mark>"))
        #expect(snippet.text.hasPrefix("…") && snippet.text.hasSuffix("…"))
        #expect(snippet.text.split(separator: " ").count <= 10)
    }

    @Test("whatever a text holds, its snippet is escaped and its marks are in order")
    func random() {
        var random = SeededRandom()
        let pieces = [
            Self.open, Self.close, "<", ">", "&", "\"", "'", "a", " ", "\n", "é", "\u{0}",
            "\u{202e}",
            "<mark>", "</mark>", "🙂", "e\u{301}", ";",
        ]
        for _ in 0..<3_000 {
            let count = Int.random(in: 0...30, using: &random)
            let marked = (0..<count).map { _ in pieces.randomElement(using: &random)! }.joined()
            let snippet = Snippet(marked: marked)
            let scalars = snippet.html.replacing("<mark>", with: "").replacing("</mark>", with: "")
                .unicodeScalars
            #expect(!scalars.contains { "<>\"'".unicodeScalars.contains($0) }, "\(random)")
            #expect(!scalars.contains { $0 == "\u{10fff0}" || $0 == "\u{10fff1}" }, "\(random)")
            let edges = snippet.marks.flatMap { [$0.lowerBound, $0.upperBound] }
            #expect(edges == edges.sorted() && Set(edges).count == edges.count, "\(random)")
            #expect(edges.last ?? 0 <= snippet.text.unicodeScalars.count, "\(random)")
            let opened = snippet.html.split(separator: "<mark>", omittingEmptySubsequences: false)
            #expect(opened.count == snippet.marks.count + 1, "\(random)")
        }
    }
}
