import SQLite
import Search
import Seeding
import Testing

@Suite("The index against a plain look at every row")
struct SearchPropertyTests {
    private static let vocabulary = ["tea", "teapot", "team", "toast", "jam", "cup", "of", "the"]

    private func words(_ count: ClosedRange<Int>, _ random: inout SeededRandom) -> String {
        let signs = [" ", " ", " ", ", ", "-", "\n"]
        return (0..<Int.random(in: count, using: &random)).map { _ in
            let word = Self.vocabulary.randomElement(using: &random)!
            return (Bool.random(using: &random) ? word : word.uppercased())
                + signs.randomElement(using: &random)!
        }.joined()
    }

    @Test("after any row of changes every query finds exactly what a plain look finds")
    func changes() async throws {
        var random = SeededRandom()
        let library = try Library()
        for round in 0..<12 {
            try await change(library, times: 25, &random)
            try await library.check()
            let shelf = try library.store.read { try $0.all(Library.Queries.shelf) }
            for _ in 0..<40 {
                let wanted = Wanted(Self.vocabulary, &random)
                let expected = shelf.filter { wanted.matches($0.title, $0.text) }.map(\.id)
                let found = try library.find(wanted.typed)
                #expect(found == expected, "\(random) round \(round): \(wanted.typed)")
            }
        }
    }

    private func change(
        _ library: Library, times: Int, _ random: inout SeededRandom
    ) async throws {
        for _ in 0..<times {
            let id = Int64.random(in: 1...30, using: &random)
            if Int.random(in: 0..<5, using: &random) == 0 {
                try await library.remove(id)
            } else {
                try await library.put(
                    id, words(0...12, &random), title: words(0...3, &random),
                    onShelf: Int.random(in: 0..<4, using: &random) > 0)
            }
        }
    }
}

/// A query by parts, and the plain way to answer it.
private struct Wanted {
    private struct Term {
        let words: [String]
        var isExcluded = false
        var isPrefix = false
    }

    private var terms: [Term] = []

    init(_ vocabulary: [String], _ random: inout SeededRandom) {
        func word() -> String { vocabulary.randomElement(using: &random)! }
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let count = Int.random(in: 0..<3, using: &random) == 0 ? 2 : 1
            terms.append(Term(words: (0..<count).map { _ in word() }))
        }
        if Bool.random(using: &random) {
            terms.append(Term(words: [word()], isExcluded: true))
        }
        if Bool.random(using: &random) {
            terms.append(Term(words: [String(word().prefix(3))], isPrefix: true))
        }
    }

    var typed: String {
        terms.map { term in
            let text = term.words.joined(separator: " ")
            let quoted = term.words.count > 1 ? "\"\(text)\"" : text
            return (term.isExcluded ? "-" : "") + quoted + (term.isPrefix ? "*" : "")
        }.joined(separator: " ")
    }

    func matches(_ title: String, _ text: String) -> Bool {
        let columns = [title, text].map {
            $0.lowercased().split { !$0.isLetter }.map(String.init)
        }
        return terms.allSatisfy { term in
            columns.contains { Self.holds($0, term) } != term.isExcluded
        }
    }

    private static func holds(_ words: [String], _ term: Term) -> Bool {
        guard words.count >= term.words.count else { return false }
        return (0...(words.count - term.words.count)).contains { start in
            zip(words[start...], term.words).allSatisfy { found, wanted in
                term.isPrefix ? found.hasPrefix(wanted) : found == wanted
            }
        }
    }
}
