import Bytes
import JSON
import Testing

@Suite("The JSON writer")
struct JSONWriterTests {
    private func written(_ body: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter(capacity: 0)
        body(&writer)
        return writer.finish().text
    }

    @Test("places commas between members and elements and nowhere else")
    func commas() {
        let text = written {
            $0.beginObject()
            $0.key("a")
            $0.beginArray()
            $0.integer(1)
            $0.beginArray()
            $0.endArray()
            $0.null()
            $0.endArray()
            $0.key("b")
            $0.beginObject()
            $0.endObject()
            $0.key("c")
            $0.bool(false)
            $0.endObject()
        }
        #expect(text == #"{"a":[1,[],null],"b":{},"c":false}"#)
    }

    @Test(
        "escapes what must be escaped, wherever it stands",
        arguments: [
            ("\"", #"\""#), ("\\", #"\\"#), ("\n", #"\n"#), ("\r", #"\r"#), ("\t", #"\t"#),
            ("\u{8}", #"\b"#), ("\u{c}", #"\f"#), ("\u{0}", #"\u0000"#), ("\u{1f}", #"\u001f"#),
        ])
    func escapes(_ character: String, _ escaped: String) {
        for padding in 0..<20 {
            let plain = String(repeating: "é", count: padding)
            let text = written { $0.string(plain + character + plain + character) }
            #expect(text == "\"\(plain)\(escaped)\(plain)\(escaped)\"")
        }
    }

    @Test("leaves slashes and everything beyond ASCII as they are")
    func plain() {
        #expect(written { $0.string("a/b é漢👍\u{7f}\u{2028}") } == "\"a/b é漢👍\u{7f}\u{2028}\"")
    }

    @Test("escapes a name that is not known beforehand")
    func names() {
        let text = written {
            $0.beginObject()
            $0.key("a\"b" as String)
            $0.integer(1)
            $0.key("c" as String)
            $0.integer(2)
            $0.endObject()
        }
        #expect(text == #"{"a\"b":1,"c":2}"#)
    }

    @Test("writes the longest numbers and no number that JSON does not have")
    func numbers() {
        #expect(written { $0.integer(Int64.min) } == "-9223372036854775808")
        #expect(written { $0.number(0.1) } == "0.1")
        #expect(written { $0.number(.nan) } == "null")
        #expect(written { $0.number(-.infinity) } == "null")
    }

    @Test("writes lines of documents")
    func lines() {
        let text = written {
            $0.beginObject()
            $0.endObject()
            $0.endLine()
            $0.integer(1)
            $0.endLine()
        }
        #expect(text == "{}\n1\n")
    }

    @Test("a string of another encoding comes out the same")
    func bridged() {
        let slice = "xxé\"yy".dropFirst(2).dropLast(2)
        #expect(written { $0.string(String(slice)) } == #""é\"""#)
    }
}
