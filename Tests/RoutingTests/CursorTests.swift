import Bytes
import Routing
import Testing

@Suite("Cursors")
struct CursorTests {
    private static let seeds: [UInt64] = [3, 4711, .random(in: .min ... .max)]

    private static func cursor(_ random: inout Seeded) -> Cursor {
        let number = Int64.random(in: .min ... .max, using: &random)
        let title = (0..<Int.random(in: 0...200, using: &random)).map { _ in
            ["a", "é", "漢", "👍", "\u{0}", "%"].randomElement(using: &random) ?? ""
        }
        let keys: [Cursor.Key] = [.none, .integer(number), .text(title.joined())]
        return Cursor(
            sort: ["id", "activity", ""].randomElement(using: &random) ?? "",
            key: keys.randomElement(using: &random) ?? .none,
            id: .random(in: 0 ... .max, using: &random), filter: random.next(),
            anchor: .random(in: .min ... .max, using: &random))
    }

    @Test("a cursor comes back as it was", arguments: seeds)
    func roundTrip(_ seed: UInt64) {
        var random = Seeded(seed)
        for _ in 0..<300 {
            let cursor = CursorTests.cursor(&random)
            #expect(Cursor(parsing: cursor.text) == cursor, "seed \(seed): \(cursor)")
        }
    }

    @Test("a cursor needs no escapes in a query")
    func alphabet() {
        var random = Seeded(9)
        for _ in 0..<50 {
            let text = CursorTests.cursor(&random).text
            #expect(
                text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) })
        }
    }

    @Test("a damaged cursor is no cursor", arguments: seeds)
    func damaged(_ seed: UInt64) {
        var random = Seeded(seed)
        for _ in 0..<300 {
            let cursor = CursorTests.cursor(&random)
            var letters = Array(cursor.text)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: letters.removeLast(Int.random(in: 1...letters.count, using: &random))
            case 1: letters.append("A")
            default:
                let place = Int.random(in: letters.indices, using: &random)
                letters[place] = letters[place] == "Q" ? "R" : "Q"
            }
            #expect(Cursor(parsing: String(letters)) == nil, "seed \(seed)")
        }
    }

    @Test("random text is no cursor and does no harm", arguments: seeds)
    func garbage(_ seed: UInt64) {
        var random = Seeded(seed)
        let letters = Array("AQgw_-zZ09=+é")
        for _ in 0..<3_000 {
            let count = Int.random(in: 0..<80, using: &random)
            let text = (0..<count).map { _ in letters.randomElement(using: &random) ?? "A" }
            #expect(Cursor(parsing: String(text)) == nil, "seed \(seed)")
        }
    }

    @Test("filters have the same number everywhere, and others another")
    func hash() {
        #expect(Cursor.hash("", []) == 0xaf64_724c_8602_eb6e)
        #expect(Cursor.hash("/a", ["thread=7"]) == Cursor.hash("/a", ["thread=7"]))
        #expect(Cursor.hash("/a", ["thread=7"]) != Cursor.hash("/b", ["thread=7"]))
        #expect(Cursor.hash("/a", ["ab"]) != Cursor.hash("/a", ["a", "b"]))
        #expect(Cursor.hash("/a", ["b"]) != Cursor.hash("/ab", []))
        #expect(Cursor.hash("/a", ["a", ""]) != Cursor.hash("/a", ["a"]))
    }
}
