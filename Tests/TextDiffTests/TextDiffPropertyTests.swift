import Seeding
import Testing

@testable import TextDiff

@Suite("Any two texts")
struct TextDiffPropertyTests {
    private static let pieces = [
        "a", "b", "the ", "fox", " ", "  ", "\n", "\n\n", "\r\n", ".", ",", "é", "e\u{301}", "🙂",
        "👨‍👩‍👧",
        "東", "京", "\t", "word", "Word", "1984", "\u{0}", "\u{200b}", "ไทย", "\u{fe0f}", "x_y",
    ]

    private func text(_ pieces: ClosedRange<Int>, _ random: inout SeededRandom) -> [String] {
        (0..<Int.random(in: pieces, using: &random)).map { _ in
            Self.pieces.randomElement(using: &random)!
        }
    }

    /// The pieces with some replaced, removed, added and moved.
    private func edited(_ pieces: [String], _ random: inout SeededRandom) -> [String] {
        var pieces = pieces
        for _ in 0..<Int.random(in: 0...12, using: &random) {
            let place = Int.random(in: 0...pieces.count, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0 where place < pieces.count: pieces[place] = text(1...1, &random)[0]
            case 1 where place < pieces.count: pieces.remove(at: place)
            case 2: pieces.insert(contentsOf: text(1...6, &random), at: place)
            default:
                let moved = pieces.suffix(min(5, pieces.count))
                pieces.removeLast(moved.count)
                pieces.insert(contentsOf: moved, at: min(place, pieces.count))
            }
        }
        return pieces
    }

    private func flaw(_ diff: TextDiff, _ old: String, _ new: String) -> String? {
        guard let made = try? diff.apply(to: old) else { return "does not apply" }
        guard made.unicodeScalars.elementsEqual(new.unicodeScalars) else {
            return "gives another text"
        }
        for (step, next) in zip(diff.steps, diff.steps.dropFirst()) {
            switch (step, next) {
            case (.keep, .keep), (.remove, .remove), (.insert, .insert), (.insert, .remove):
                return "\(next) behind \(step)"
            default: continue
            }
        }
        let isEmpty = diff.steps.contains { [.keep(0), .remove(""), .insert("")].contains($0) }
        return isEmpty ? "an empty step" : nil
    }

    @Test("the diff of a text and its edited form makes the one from the other")
    func edits() {
        var random = SeededRandom()
        for _ in 0..<2_000 {
            let old = text(0...80, &random)
            let new = edited(old, &random).joined()
            let diff = TextDiff(from: old.joined(), to: new)
            #expect(flaw(diff, old.joined(), new) == nil, "\(random)")
        }
    }

    @Test("the diff of two unrelated texts does too")
    func unrelated() {
        var random = SeededRandom()
        for _ in 0..<1_000 {
            let (old, new) = (text(0...60, &random).joined(), text(0...60, &random).joined())
            #expect(flaw(TextDiff(from: old, to: new), old, new) == nil, "\(random)")
        }
    }

    @Test("no shorter row of edits exists")
    func shortest() {
        var random = SeededRandom()
        for _ in 0..<600 {
            let old = (0..<Int.random(in: 0...14, using: &random)).map { _ in
                Int32.random(in: 0...3, using: &random)
            }
            let new = (0..<Int.random(in: 0...14, using: &random)).map { _ in
                Int32.random(in: 0...3, using: &random)
            }
            var comparisons = 1_000_000
            let changes = ShortestEdit(old, new, &comparisons).changes
            let edits = changes.reduce(0) { $0 + $1.old.count + $1.new.count }
            #expect(edits == Self.distance(old, new), "\(random): \(old) \(new)")
        }
    }

    /// The number of removals and insertions, by the textbook's table.
    private static func distance(_ old: [Int32], _ new: [Int32]) -> Int {
        var row = Array(0...new.count)
        for (i, left) in old.enumerated() {
            var next = [i + 1]
            for (j, right) in new.enumerated() {
                next.append(left == right ? row[j] : 1 + min(row[j + 1], next[j]))
            }
            row = next
        }
        return row[new.count]
    }

    @Test(
        "two texts of 32 000 characters cost a bounded number of comparisons",
        arguments: [
            (["a ", "b "], ["b ", "c "]), (["a\n", "b\n"], ["b\n", "a\n", "c\n"]),
        ])
    func cost(old: [String], new: [String]) {
        var random = SeededRandom()
        func long(_ pieces: [String]) -> String {
            var text = ""
            while text.unicodeScalars.count < 31_990 {
                text += pieces.randomElement(using: &random)!
            }
            return text
        }
        let (old, new) = (long(old), long(new))
        var pair = TextPair(old, new)
        let diff = TextDiff(comparing: &pair)
        // The last comparison of a stretch may run on to the end of what is equal.
        let used = TextDiffLimits.comparisonsMax - pair.comparisonsLeft
        #expect(used <= TextDiffLimits.comparisonsMax + 64_000)
        #expect(flaw(diff, old, new) == nil, "\(random)")
    }

    @Test("what is beyond the bound is replaced")
    func fallback() {
        let old = (0..<4_000).map { "\($0) " }.joined()
        let new = (0..<4_000).map { "\($0 + 10_000)." }.joined()
        #expect(
            TextDiff(from: "a " + old + "z", to: "a " + new + "z").steps == [
                .keep(2), .remove(old), .insert(new), .keep(1),
            ])
    }
}
