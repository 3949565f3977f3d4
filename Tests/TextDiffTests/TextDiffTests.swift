import Bytes
import JSON
import Testing

@testable import TextDiff

@Suite("What changed in a text")
struct TextDiffTests {
    private func json(_ old: String, _ new: String) -> String {
        var writer = JSONWriter()
        TextDiff(from: old, to: new).write(into: &writer)
        return writer.finish().text
    }

    @Test(
        "a change is told by words, in scalars",
        arguments: [
            ("", "", "[]"), ("a", "a", #"[["=",1]]"#), ("", "a b", #"[["+","a b"]]"#),
            ("a b", "", #"[["-","a b"]]"#),
            ("red fox", "red hen", #"[["=",4],["-","fox"],["+","hen"]]"#),
            ("red fox", "red quick fox", #"[["=",4],["+","quick "],["=",3]]"#),
            ("red quick fox", "red fox", #"[["=",4],["-","quick "],["=",3]]"#),
            ("it is", "it is.", #"[["=",5],["+","."]]"#),
            ("it's", "its", #"[["-","it's"],["+","its"]]"#),
            ("a red fox b", "a blue hen b", #"[["=",2],["-","red fox"],["+","blue hen"],["=",2]]"#),
            ("a\nb\nc", "a\nx\nc", #"[["=",2],["-","b"],["+","x"],["=",2]]"#),
            ("a\nb", "a\nb\nc", #"[["=",3],["+","\nc"]]"#),
            ("héllo 🙂 x", "héllo 🙂 y", #"[["=",8],["-","x"],["+","y"]]"#),
            ("é", "e\u{301}", "[[\"-\",\"é\"],[\"+\",\"e\u{301}\"]]"),
            ("東京に行く", "京都に行く", #"[["-","東"],["=",1],["+","都"],["=",3]]"#),
            ("e\u{301}a", "e\u{301}b", "[[\"-\",\"e\u{301}a\"],[\"+\",\"e\u{301}b\"]]"),
            ("a \"b\"", "a \"c\"", #"[["=",3],["-","b"],["+","c"],["=",1]]"#),
            ("x\r\ny", "x\ny", #"[["=",1],["-","\r"],["=",2]]"#),
        ])
    func examples(old: String, new: String, expected: String) {
        #expect(json(old, new) == expected)
    }

    @Test("a word at the top and paragraphs at the end are two changes, however long they are")
    func farApart() {
        let middle = (0..<300).map { "line \($0)\n" }.joined()
        let paragraphs = (0..<3_000).map { "word\($0) " }.joined()
        let diff = TextDiff(from: "teh cat\n" + middle, to: "the cat\n" + middle + paragraphs)
        let kept = 5 + middle.unicodeScalars.count
        #expect(diff.steps == [.remove("teh"), .insert("the"), .keep(kept), .insert(paragraphs)])
    }

    @Test(
        "a text that is too short, too long or without what was removed does not fit",
        arguments: ["", "a", "a b", "a d c", "a b c d", "b c"])
    func mismatch(other: String) throws {
        let diff = TextDiff(from: "a b c", to: "a x c")
        #expect(try diff.apply(to: "a b c") == "a x c")
        #expect(throws: TextDiffMismatch.self) { try diff.apply(to: other) }
    }

    @Test("a mismatch says where")
    func place() {
        let diff = TextDiff(from: "a b c", to: "a x c")
        #expect(throws: TextDiffMismatch(place: 2)) { try diff.apply(to: "a d c") }
        #expect(TextDiffMismatch(place: 2).description.contains("at character 2"))
    }
}
