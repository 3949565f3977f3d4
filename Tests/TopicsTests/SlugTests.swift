import Testing

@testable import TopicsService

@Suite("Slugs")
struct SlugTests {
    @Test(
        "a title becomes an address",
        arguments: [
            ("Who's seen the heron?", "whos-seen-the-heron"),
            ("Swim at the harbour tomorrow", "swim-at-the-harbour-tomorrow"),
            ("  C++ & Swift:  6.3 -- fast!  ", "c-swift-6-3-fast"),
            ("Don’t", "dont"),
            ("Grüße aus ÖSTERREICH", "grüße-aus-österreich"),
            ("北京 2026", "北京-2026"),
            ("🦊🦊🦊", "thread"),
            ("???", "thread"),
        ])
    func made(title: String, slug: String) { #expect(Slug.make(title) == slug) }

    @Test("a long title is cut between words, one long word within")
    func cut() {
        let words = Slug.make(Array(repeating: "abcdefg", count: 30).joined(separator: " "))
        #expect(words == Array(repeating: "abcdefg", count: 10).joined(separator: "-"))
        #expect(Slug.make(String(repeating: "x", count: 200)).count == 80)
    }
}
