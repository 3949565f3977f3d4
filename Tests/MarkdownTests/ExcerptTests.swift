import Markdown
import Seeding
import Testing

@Suite("Excerpts")
struct ExcerptTests {
    @Test(
        "an excerpt is the text without its markup, on one line",
        arguments: [
            ("", ""), ("tea", "tea"), ("# Tea\n\nfor *two*", "Tea for two"),
            ("- a\n- b\n  - c", "a b c"), ("a  \nb\nc", "a b c"),
            ("`x` ~~y~~ [z](https://a.org)", "x y z"),
            ("```swift\nlet a = 1\n```", "let a = 1"), ("a <b> &amp; &copy;", "a <b> & ©"),
            ("![a *b*](https://c.org)", "a b"), ("@jake <https://a.org>", "@jake https://a.org"),
            ("> quoted\n\nown", "own"), ("> only quoted", "only quoted"),
            ("a\u{a0}\u{2003}b\u{2028}c", "a b c"),
            ("  \n\n   a\t\tb  ", "a b"), ("---\n\na", "a"), ("\\*a\\*", "*a*"),
            ("[a]: b\n\nc", "c"),
        ])
    func plain(text: String, excerpt: String) { #expect(Markdown.render(text).excerpt == excerpt) }

    @Test("two hundred characters are shown whole, one more is cut at a word")
    func cut() {
        let words = String(repeating: "word ", count: 40)
        #expect(Markdown.render(words + "x").excerpt == words.dropLast() + "…")
        let fits = words.dropLast(5) + "words"
        #expect(Markdown.render(String(fits)).excerpt == fits)
    }

    @Test("a word longer than the excerpt is cut between characters")
    func longWord() {
        let long = String(repeating: "a", count: 300)
        #expect(Markdown.render(long).excerpt == long.prefix(199) + "…")
        let family = "👨‍👩‍👧"
        let families = Markdown.render(String(repeating: family, count: 100)).excerpt
        #expect(families.dropLast().allSatisfy { String($0) == family })
        #expect(families.unicodeScalars.count <= 200)
    }

    @Test("no excerpt is longer than it may be or holds a line feed")
    func bounds() {
        var random = SeededRandom()
        for _ in 0..<500 {
            let text = Hostile.text(pieces: 20...200, &random)
            let excerpt = Markdown.render(text).excerpt
            #expect(
                excerpt.unicodeScalars.count <= MarkdownLimits.excerptCharactersMax, "\(random)")
            #expect(!excerpt.contains { $0.isNewline }, "\(random)")
            #expect(!excerpt.hasPrefix(" ") && !excerpt.hasSuffix(" "), "\(random)")
        }
    }
}
