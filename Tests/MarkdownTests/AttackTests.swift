import Markdown
import Seeding
import Testing

/// The long loops yield after each text: tests of sockets and processes want their turn.
@Suite("Texts written to do harm")
struct AttackTests {
    @Test("an attack becomes harmless HTML", arguments: AttackCorpus.all)
    func harmless(attack: Attack) {
        #expect(HTMLChecker.faults(in: Markdown.render(attack.text).html) == [])
    }

    @Test(
        "an attack stays harmless inside quotes, lists, headings and links",
        arguments: AttackCorpus.all)
    func wrapped(attack: Attack) {
        let text = String(attack.text.prefix(400))
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let wrappings = [
            lines.map { "> \($0)" }.joined(separator: "\n"),
            lines.map { "- \($0)" }.joined(separator: "\n"),
            lines.map { "# \($0)" }.joined(separator: "\n"),
            "[\(text)](https://a.org)", "![\(text)](\(Hostile.attachment))",
            "**\(text)**", "`\(text)`", "```\(text)", "@\(text)",
            "[a](https://a.org \"\(text)\")", "[a](https://a.org/\(text))",
            "[a](<\(text)>)", "<https://a.org/\(text)>", "[a]: \(text)\n[a]",
        ]
        for wrapped in wrappings {
            #expect(HTMLChecker.faults(in: Markdown.render(wrapped).html) == [], "\(wrapped)")
        }
    }

    @Test("the corpus is large and each attack has a name of its own")
    func corpusIsLarge() {
        #expect(AttackCorpus.all.count >= 150)
        #expect(Set(AttackCorpus.all.map(\.name)).count == AttackCorpus.all.count)
    }

    @Test("no address leads anywhere but to a site or a mailbox")
    func addresses() {
        for attack in AttackCorpus.attacks(in: "addresses.txt") {
            let html = Markdown.render(attack.text).html
            for address in html.split(separator: "href=\"").dropFirst() {
                let isOutward = ["https://", "http://", "mailto:"].contains(
                    where: address.hasPrefix)
                #expect(isOutward, "\(attack.name): \(address)")
            }
        }
    }

    @Test("mutated attacks stay harmless")
    func mutated() async {
        var random = SeededRandom()
        let texts = AttackCorpus.all.map { Array($0.text.utf8.prefix(600)) }
        for _ in 0..<3_000 {
            let bytes = random.mutated(random.mutated(texts.randomElement(using: &random)!))
            let text = String(decoding: bytes, as: UTF8.self)
            let faults = HTMLChecker.faults(in: Markdown.render(text) { _ in 7 }.html)
            #expect(faults == [], "\(random): \(text.debugDescription)")
            await Task.yield()
        }
    }

    @Test("random pieces of markup stay harmless")
    func random() async {
        var random = SeededRandom()
        for _ in 0..<3_000 {
            let text = Hostile.text(pieces: 1...40, &random)
            let faults = HTMLChecker.faults(in: Markdown.render(text) { _ in nil }.html)
            #expect(faults == [], "\(random): \(text.debugDescription)")
            await Task.yield()
        }
    }

    @Test("two attacks together stay harmless")
    func pairs() async {
        var random = SeededRandom()
        let texts = AttackCorpus.all.map { String($0.text.prefix(300)) }
        for _ in 0..<2_000 {
            let one = texts.randomElement(using: &random)!
            let other = texts.randomElement(using: &random)!
            let cut = one.index(
                one.startIndex, offsetBy: Int.random(in: 0...one.count, using: &random))
            let text = one[..<cut] + other + one[cut...]
            let faults = HTMLChecker.faults(in: Markdown.render(String(text)).html)
            #expect(faults == [], "\(random): \(text.debugDescription)")
            await Task.yield()
        }
    }
}

/// Random texts made of what means something in Markdown or in HTML.
enum Hostile {
    static let attachment = "/api/posts/attachments/sha256-" + String(repeating: "ab", count: 32)

    static let pieces = [
        "*", "**", "_", "__", "~~", "`", "``", "```", "[", "]", "(", ")", "](", "![", "<", ">",
        "\\",
        "&", "&amp;", "&#106;", "&#x6A", ";", "\"", "'", "\n", "\n\n", "\r\n", "  \n", "\t", "    ",
        "> ", ">", "- ", "1. ", "+ ", "# ", "---", "===", "~~~", "[a]: ", "[a]", "@", "@jake", ":",
        "https://", "http://a.org", "mailto:", "javascript:", "a", "b", " ", "é", "\u{202e}",
        "\u{0}",
        "<script>", "</p>", "<!--", "onerror=", "[quote post=1]", "> [quote post=2]\n",
        "(https://a.org",
        "\u{200b}", "\u{feff}", "🙂", "data:", attachment, "\u{85}", "\u{2028}", "%0a", "://",
        "<a@b.c>",
    ]

    static func text(pieces count: ClosedRange<Int>, _ random: inout SeededRandom) -> String {
        (0..<Int.random(in: count, using: &random))
            .map { _ in pieces.randomElement(using: &random)! }.joined()
    }
}
