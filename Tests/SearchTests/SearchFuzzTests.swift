import SQLite
import Search
import Seeding
import Testing

@Suite("Anything typed")
struct SearchFuzzTests {
    private static let pieces = [
        "\"", "\"\"", "“", "”", "-", "--", "*", "**", "(", ")", "{", "}", ":", "^", "+", ",", ".",
        "'", ";",
        " ", "  ", "\t", "\n", "\u{0}", "\u{1}", "\u{a0}", "\u{301}", "\u{10fff0}", "\u{10ffff}",
        "\u{e000}",
        "AND", "OR", "NOT", "NEAR", "NEAR(a b)", "title:", "- title:", "{title text}:", "search",
        "rank",
        "a", "fuse", "tea", "é", "e\u{301}", "你好", "🙂", "Ⅻ", "½", "ﬁ", "ß", "\u{1e00}", "%", "\\",
        "/*", "--x",
    ]

    private func text(_ random: inout SeededRandom) -> String {
        if Bool.random(using: &random) {
            let count = Int.random(in: 0...12, using: &random)
            return (0..<count).map { _ in Self.pieces.randomElement(using: &random)! }.joined()
        }
        var scalars = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...40, using: &random) {
            let limit: UInt32 = [0x7f, 0x7f, 0x3ff, 0xffff, 0x10_ffff].randomElement(
                using: &random)!
            scalars.append(Unicode.Scalar(UInt32.random(in: 0...limit, using: &random)) ?? " ")
        }
        return String(scalars)
    }

    @Test("no text makes FTS5 complain")
    func neverAnError() async throws {
        var random = SeededRandom()
        let library = try Library()
        try await library.put(1, "The fuse of the toaster, a cup of tea; 你好", title: "Fuse")
        try await library.put(2, "NOT title: NEAR(a b) AND OR search rank", title: "Operators")
        var searched = 0
        for _ in 0..<5_000 {
            let text = text(&random)
            guard let query = try? SearchQuery(text) else { continue }
            searched += 1
            do {
                _ = try library.store.read { try $0.all(Library.Queries.find, query.expression) }
            } catch {
                Issue.record("\(random): \(text.debugDescription) → \(query.expression): \(error)")
            }
        }
        #expect(searched > 2_500)
    }

    @Test("a word that only a newer Unicode knows hides nothing")
    func unknownLetters() async throws {
        let library = try Library()
        try await library.put(1, "tea and toast")
        // U+1E030 came with Unicode 15, U+10D4A with 16: letters here, nothing to the tokenizer.
        for letter in ["\u{1e030}", "\u{10d4a}", "\u{e000}"] {
            guard (try? SearchQuery(letter)) != nil else { continue }
            #expect(try library.find("tea \(letter) toast") == [1] || library.find(letter) == [])
            #expect(try library.find("tea -\(letter)") == [1])
        }
    }
}
