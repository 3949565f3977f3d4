import Bytes
import HTTP
import Seeding
import Testing

/// Random and mutated bytes: no crash, no byte read outside, and the same verdict however they are
/// cut.
@Suite("Fuzzing")
struct FuzzTests {
    private let budget = Duration.milliseconds(600)

    @Test("mutated requests get one verdict, whole or cut")
    func requests() {
        let corpus = Corpus.requests.map(\.bytes).filter { $0.count < 2000 }
        fuzz(corpus) { bytes, cuts in
            let whole = Reading.request(bytes)
            guard Reading.request(bytes, cuts: cuts) == whole else {
                return "cuts matter: \(whole)"
            }
            guard case .accept(let facts, let lines) = whole else { return nil }
            return unsoundness(bytes, facts, lines)
        }
    }

    @Test("mutated answers get one verdict, whole or cut")
    func responses() {
        let corpus = Corpus.responses.map(\.bytes).filter { $0.count < 2000 }
        fuzz(corpus) { bytes, cuts in
            for method in [Method.get, .head] {
                let whole = Reading.response(bytes, to: method)
                guard Reading.response(bytes, to: method, cuts: cuts) == whole else {
                    return "cuts matter: \(whole)"
                }
                guard case .accept(let facts, let lines) = whole else { continue }
                if let flaw = unsoundness(bytes, facts, lines) { return flaw }
            }
            return nil
        }
    }

    @Test("mutated chunks get one verdict, whole or cut")
    func chunks() {
        let corpus = Corpus.chunks.map(\.bytes).filter { $0.count < 3000 }
        fuzz(corpus) { bytes, cuts in
            let whole = Dechunking(bytes)
            let cut = Dechunking(bytes, cuts: cuts)
            guard cut.description == whole.description else { return "cuts matter: \(whole)" }
            guard whole.outcome == "end" else { return nil }
            return whole.data.count + whole.rest.count <= bytes.count ? nil : "bytes appeared"
        }
    }

    @Test("random bytes never end in a crash")
    func noise() {
        var random = SeededRandom()
        let end = ContinuousClock.now + budget / 2
        while ContinuousClock.now < end {
            let bytes = random.bytes(count: Int.random(in: 0...200, using: &random))
            _ = Reading.request(bytes)
            _ = Reading.response(Array("HTTP/1.1 ".utf8) + bytes, to: .get)
            _ = Dechunking(bytes)
        }
    }

    private func fuzz(
        _ corpus: [[UInt8]], _ flaw: (_ bytes: [UInt8], _ cuts: [Int]) -> String?
    ) {
        var random = SeededRandom()
        let end = ContinuousClock.now + budget
        while ContinuousClock.now < end {
            let bytes = random.mutated(corpus.randomElement(using: &random)!)
            let cuts = (0..<3).map { _ in Int.random(in: 0...bytes.count, using: &random) }.sorted()
            if let flaw = flaw(bytes, cuts) {
                Issue.record("\(random): \(flaw): \(Verdict.latin(bytes).debugDescription)")
                return
            }
        }
    }

    /// What must hold of every head that is accepted, found by reading its bytes in the plainest
    /// way.
    private func unsoundness(
        _ bytes: [UInt8], _ facts: [String: String], _ lines: [String]
    ) -> String? {
        let count = Int(facts["bytes"]!)!
        guard count <= bytes.count else { return "more bytes than there are" }
        let text = Verdict.latin(bytes[..<count])
        guard text.unicodeScalars.suffix(4).elementsEqual("\r\n\r\n".unicodeScalars) else {
            return "no empty line at its end"
        }
        var scalars = Array(text.unicodeScalars)
        while scalars.starts(with: "\r\n".unicodeScalars) { scalars.removeFirst(2) }
        let rows = scalars.split(separator: "\n", omittingEmptySubsequences: false).dropLast(2)
        guard rows.allSatisfy({ $0.last == "\r" && $0.dropLast().allSatisfy { $0 != "\r" } }) else {
            return "a line that does not end with CR LF"
        }
        guard rows.count == lines.count + 1 else { return "lines lost: \(lines)" }
        for (row, line) in zip(rows.dropFirst(), lines) {
            let name = row.prefix { $0 != ":" }
            let blanks: Set<UnicodeScalar> = [" ", "\t"]
            var value = row.dropFirst(name.count + 1).dropLast()
            while let first = value.first, blanks.contains(first) { value.removeFirst() }
            while let last = value.last, blanks.contains(last) { value.removeLast() }
            let expected = Array(name) + [":"] + Array(value)
            guard Array(line.unicodeScalars) == expected else { return "line misread: \(line)" }
        }
        return nil
    }
}
