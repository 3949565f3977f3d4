import Bytes
import Fixture
import Testing

@testable import Records

@Suite struct LineCutterTests {
    /// The lines of `pieces` as text, `nil` for one that is too long.
    private func lines(_ pieces: [String], bytesMax: Int = 100) -> [String?] {
        var cutter = LineCutter(bytesMax: bytesMax)
        var lines: [String?] = []
        let take: LineCutter.Take = { line in
            lines.append(line.map { String(decoding: $0, as: UTF8.self) })
        }
        for piece in pieces { cutter.cut(ByteString(piece), take) }
        cutter.end(take)
        return lines
    }

    @Test("a line ends with a line feed, with or without a carriage return before it")
    func lineEnds() {
        #expect(lines(["a\nb\r\n\nc\r"]) == ["a", "b", "", "c"])
    }

    @Test("the last line needs no line feed")
    func lastLine() {
        #expect(lines(["a\nb"]) == ["a", "b"])
        #expect(lines(["a\n"]) == ["a"])
        #expect(lines([]) == [])
    }

    @Test("pieces may end anywhere")
    func pieces() {
        #expect(lines(["a", "b\r", "\nc", "", "d\n", "e"]) == ["ab", "cd", "e"])
    }

    @Test("a line of the greatest length passes, one byte more fails, and only that line")
    func tooLong() {
        #expect(lines(["abc\nabcd\nabc"], bytesMax: 3) == ["abc", nil, "abc"])
        #expect(lines(["ab", "c\na", "bcd", "ef", "g\nx"], bytesMax: 3) == ["abc", nil, "x"])
        #expect(lines(["abcd"], bytesMax: 3) == [nil])
    }

    @Test("however the same bytes are cut into pieces, the lines are the same", arguments: 0..<20)
    func anyPieces(seed: UInt64) {
        var random = Seeded(seed)
        let text = (0..<200).map { _ in
            ["a", "bb", "\n", "\r\n", "cccc", "é"].randomElement(using: &random) ?? ""
        }.joined()
        var pieces: [String] = []
        var rest = Substring(text)
        while !rest.isEmpty {
            let count = Int.random(in: 1...9, using: &random)
            pieces.append(String(rest.prefix(count)))
            rest = rest.dropFirst(count)
        }
        #expect(lines(pieces, bytesMax: 8) == lines([text], bytesMax: 8), "seed \(seed)")
    }
}
