import Markdown
import Testing

@Suite("Work grows with the text and no faster")
struct GrowthTests {
    /// Patterns that make careless parsers begin again and again.
    private static let patterns = [
        "a", " ", "\t", "\n", "a\n", "a\n\n", "  \n", "\\", "\\\n", "[", "]", "![", "[]", "[a",
        "a]",
        "[a](", "[a](<", "[a](b \"", "[a](b (", "[a](b 'c", "[a](b", "[a](https://b.org)", "![[",
        "[![",
        "![a](", "[a]: ", "[a]: b\n", "[a]\n===\n", "[a\\]", "[a][", "(", "*", "**", "*a", "a*",
        "*a ",
        "a**b", "**a *b ", "*a _b ", "_a *b", "a_", "_a", "a**b*c", "***a ", "*a**b***c", "~~a",
        "a~~",
        "~~a *b ", "`", "`a", "``a`", "a`b``c```d````", "> ", ">", ">a\n", "> a\n\n", "- ", "- a\n",
        "-\n",
        "- - ", " - a\n\n", "1. ", "1. a\n", "* * ", "# ", "# a\n", "a\n-\n", "---\n", "```\n",
        "~~~ a\n",
        "    a\n", "\ta\n", "&", "&#", "&amp", "&amp;", "&#60;", "<", "<a", "<https://",
        "<https://a>",
        "<a@b.", "<a@b.c>", "https://", "https://a", "https://a ", "http://a.org/(", "https://a:",
        "h",
        "@", "@a", "@ab", "@ab ", "@ab.", "@ab-@", "é", "🙂", "\u{202e}", "\u{0}", "\r", "\"",
        "> - ",
        "- > ", "> [quote post=1]\n", "> [quote post=1]\n\n", "|", "[^", "{{", "<!--", "<![CDATA[",
        "<?",
    ]

    @Test("four times the text takes about four times the steps, not sixteen", arguments: patterns)
    func quadruples(pattern: String) async {
        await compare(pattern, 4_000) { Self.repeated(pattern, characters: $0) }
    }

    @Test("so do two patterns, one after the other or by turns")
    func pairs() async {
        let openings = [
            "[", "![", "*", "**a ", "_a", "`", "``", "> ", "- ", "<", "[a](", "~~a ", "(", "\\",
        ]
        let closings = [
            "]", "](b)", "](https://b.org)", "*", "a**", "a_", "`", "a\n", ">", ")", "a~~", "b",
        ]
        for opening in openings {
            for closing in closings {
                let name = "\(opening) \(closing)"
                await compare("\(name) in halves", 2_000, Self.halves(opening, closing))
                await compare("\(name) by turns", 2_000, Self.turns(opening, closing))
            }
        }
    }

    private func compare(_ name: String, _ characters: Int, _ text: (Int) -> String) async {
        let few = Markdown.render(text(characters)).steps
        let many = Markdown.render(text(4 * characters)).steps
        // The rule of three makes some runs pair and others not: half as much again is no growth.
        #expect(many <= 6 * few + 4_000, "\(name): \(few) and \(many)")
        #expect(many <= 4 * characters * Self.stepsPerCharacterMax, "\(name): \(many)")
        // Tests of sockets and processes want their turn.
        await Task.yield()
    }

    @Test("the page grows with the text too")
    func output() {
        for pattern in Self.patterns {
            let text = Self.repeated(pattern, characters: 6_000)
            let html = Markdown.render(text).html.utf8.count
            #expect(html <= 60 * text.utf8.count + 1_000, "\(pattern): \(html)")
        }
    }

    @Test("a long address repeated by reference is bounded")
    func references() {
        let definition = "[a]: https://b.org/" + String(repeating: "c", count: 1_500)
        let rendered = Markdown.render(definition + "\n\n" + String(repeating: "[a]", count: 9_000))
        #expect(rendered.html.utf8.count < 200_000)
        #expect(rendered.warnings == [.referencesCut])
        #expect(HTMLChecker.faults(in: rendered.html) == [])
    }

    /// Each byte is looked at when it is cleaned, cut into lines, cut into pieces and written; each
    /// line is compared with as many open blocks as there may be.
    private static let stepsPerCharacterMax = 100

    private static func repeated(_ pattern: String, characters: Int) -> String {
        String(repeating: pattern, count: characters / pattern.unicodeScalars.count)
    }

    private static func halves(_ one: String, _ other: String) -> (Int) -> String {
        { repeated(one, characters: $0 / 2) + "a" + repeated(other, characters: $0 / 2) }
    }

    private static func turns(_ one: String, _ other: String) -> (Int) -> String {
        { repeated(one + "a" + other, characters: $0) }
    }
}
