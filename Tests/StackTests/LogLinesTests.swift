import Bytes
import Testing

@testable import Stack

@Suite("The log lines of processes")
struct LogLinesTests {
    private func split(_ pieces: [String]) -> [String] {
        var splitter = LineSplitter()
        var lines: [String] = []
        for piece in pieces {
            ByteString(piece).withBytes { splitter.split($0) { lines.append($0) } }
        }
        splitter.end { lines.append($0) }
        return lines
    }

    @Test("lines are whole, whatever pieces they come in; the last needs no end")
    func pieces() {
        #expect(split(["a", "b\nc\n\nd"]) == ["ab", "c", "", "d"])
        #expect(split(["a\n"]) == ["a"])
    }

    @Test("a line without end is cut before it fills the memory")
    func endless() {
        let long = String(repeating: "x", count: LineSplitter.lineBytesMax + 3)
        #expect(split([long]).map(\.count) == [LineSplitter.lineBytesMax, 3])
    }

    @Test("names align, and are coloured on a terminal only")
    func prefix() {
        let plain = LogPrefix("users-1", width: 10, index: 1, isColourful: false)
        #expect(plain.text == "users-1    | ")
        let colourful = LogPrefix("users-1", width: 7, index: 1, isColourful: true)
        #expect(colourful.text == "\u{1b}[32musers-1 |\u{1b}[0m ")
    }

    @Test("figures are grouped, and rounded down")
    func figures() {
        #expect(Figures.grouped(7) == "7")
        #expect(Figures.grouped(1_234_567) == "1 234 567")
        #expect(Figures.grouped(-1_000) == "-1 000")
        #expect(Figures.seconds(3_190) == "3.1 s")
        #expect(Figures.rate(3, 0) == 3)
        #expect(Figures.rate(500, 2_000) == 250)
    }

    @Test("a table aligns its columns and ends its lines without space")
    func table() {
        var table = TextTable(["a", "bb", "c"])
        table.add(["1", "2", "3333"])
        table.add(["long", "", ""])
        #expect(table.lines == ["a     bb  c", "1     2   3333", "long"])
    }
}
