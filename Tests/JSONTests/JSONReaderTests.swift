import Bytes
import JSON
import Testing

@Suite("The pull reader")
struct JSONReaderTests {
    private func tokens(_ text: String) throws -> [String] {
        try JSONReader.read(ByteString(text)) { reader in
            var list: [String] = []
            while true {
                switch try reader.next() {
                case .key(let text): list.append("\(reader.text(text)):")
                case .string(let text): list.append("'\(reader.text(text))'")
                case .number(let place): list.append("#\(reader.text(place))")
                case .integer(let integer): list.append("\(integer)")
                case .end: return list
                case let other: list.append("\(other)")
                }
            }
        }
    }

    @Test("gives names, values and brackets in the order of the text")
    func order() throws {
        let found = try tokens(#"{"a":[1,"two",2.50],"b":{},"c":[],"d":true,"e":null}"#)
        #expect(
            found == [
                "beginObject", "a:", "beginArray", "1", "'two'", "#2.50", "endArray", "b:",
                "beginObject", "endObject", "c:", "beginArray", "endArray", "d:", "bool(true)",
                "e:",
                "null", "endObject",
            ])
    }

    @Test("passes a value whole, however deep")
    func skip() throws {
        let text = ByteString(#"{"skipped":{"x":[1,{"y":"}]"}],"z":{}},"n":7,"m":"s"}"#)
        try JSONReader.read(text) { reader in
            #expect(try reader.next() == .beginObject)
            _ = try reader.next()
            try reader.skipValue()
            guard case .key(let name) = try reader.next() else {
                Issue.record("a key follows")
                return
            }
            let isNext = reader.spells(name, "n")
            #expect(isNext)
            try reader.skipValue()
            _ = try reader.next()
            try reader.skipValue()
            #expect(try reader.next() == .endObject)
            #expect(try reader.next() == .end)
        }
    }

    @Test("compares a name without making a string, escapes included")
    func spells() throws {
        try JSONReader.read(#"["title","t\u0069tle","Title","titles"]"# as ByteString) { reader in
            _ = try reader.next()
            var verdicts: [Bool] = []
            while case .string(let text) = try reader.next() {
                verdicts.append(reader.spells(text, "title"))
            }
            #expect(verdicts == [true, true, false, false])
        }
    }

    @Test("says the end as often as it is asked")
    func end() throws {
        try JSONReader.read("1" as ByteString) { reader in
            _ = try reader.next()
            #expect(try reader.next() == .end)
            #expect(try reader.next() == .end)
        }
    }
}
