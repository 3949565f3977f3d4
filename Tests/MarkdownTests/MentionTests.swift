import Markdown
import Testing

@Suite("Mentions")
struct MentionTests {
    @Test("names are told as written, in order, each once whatever its case")
    func order() {
        let rendered = Markdown.render("@Jake @finn\n\n- @jake @BMO\n\n# @Finn")
        #expect(rendered.mentions == ["Jake", "finn", "BMO"])
        #expect(rendered.warnings == [])
    }

    @Test("a known name leads to its user, an unknown one nowhere")
    func resolved() {
        let html = Markdown.render("@jake @nobody") { $0 == "jake" ? 4 : nil }.html
        let link = "<a href=\"/api/users/4\" class=\"mention\">@jake</a>"
        #expect(html == "<p>\(link) <span class=\"mention\">@nobody</span></p>\n")
    }

    @Test(
        "the longest name that somebody has is meant",
        arguments: [
            ("@neo_", ["neo_", "neo"], "neo_"), ("@neo_", ["neo"], "neo"),
            ("@jr.", ["jr.", "jr"], "jr."),
            ("@jr.", ["jr"], "jr"), ("@jr.", [], "jr"), ("@neo_", [], "neo_"),
            ("@ab.-_", ["ab"], "ab"),
        ])
    func spellings(text: String, known: [String], name: String) {
        let rendered = Markdown.render(text) { known.contains($0) ? 7 : nil }
        #expect(rendered.mentions == [name])
        #expect(rendered.html.contains(">@\(name)</"))
        let plain = rendered.html.replacing(#/<[^>]*>/#, with: "")
        #expect(plain == text + "\n")
    }

    @Test("twenty people are mentioned, the others are text")
    func limit() {
        let names = (10..<40).map { "user\($0)" }
        let rendered = Markdown.render(names.map { "@\($0)" }.joined(separator: " ") + " @user10")
        #expect(rendered.mentions == Array(names.prefix(20)))
        #expect(rendered.warnings == [.mentionsCut])
        #expect(rendered.html.contains("</span> @user30 @user31"))
        #expect(rendered.html.hasSuffix("<span class=\"mention\">@user10</span></p>\n"))
    }

    @Test("a hostile text asks about a bounded number of names")
    func lookups() {
        var asked = 0
        let text = (0..<4_000).map { "@u\($0)." }.joined(separator: " ")
        _ = Markdown.render(text) { _ in
            asked += 1
            return nil
        }
        #expect(asked <= 60)
    }

    @Test("a name is asked about once, however often it stands there")
    func memory() {
        var asked: [String] = []
        let text = String(repeating: "@nobody ", count: 100) + "@jake"
        let rendered = Markdown.render(text) {
            asked.append($0)
            return $0 == "jake" ? 4 : nil
        }
        #expect(asked == ["nobody", "jake"])
        #expect(rendered.html.contains("/api/users/4"))
    }

    @Test("people named in a quote are shown and not called")
    func quoted() {
        let rendered = Markdown.render("> @jake\n\n@finn") { $0 == "jake" ? 4 : 2 }
        #expect(rendered.mentions == ["finn"])
        #expect(rendered.html.contains("<a href=\"/api/users/4\" class=\"mention\">@jake</a>"))
    }

    @Test("a name is two to thirty-two characters long")
    func lengths() {
        let longest = String(repeating: "a", count: 32)
        #expect(Markdown.render("@\(longest) @\(longest)a @b @cd").mentions == [longest, "cd"])
    }

    @Test("what the caller throws is thrown")
    func failure() {
        struct Unavailable: Error {}
        #expect(throws: Unavailable.self) {
            try Markdown.render("@jake") { _ throws(Unavailable) in throw Unavailable() }
        }
    }
}
