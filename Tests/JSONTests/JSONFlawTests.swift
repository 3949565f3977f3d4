import Bytes
import JSON
import Testing

@Suite("Strings that are no Unicode")
struct JSONFlawTests {
    /// A message of two texts, and whatever else there is.
    private struct Note: JSONDecodable {
        init(from fields: inout JSONFields) { _ = fields.requiredString("text") }
    }

    private func complaints(_ bytes: [UInt8]) throws -> [JSONComplaint] {
        do {
            _ = try Note.decode(ByteString(bytes))
            return []
        } catch let rejection as JSONRejection {
            return rejection.complaints
        }
    }

    private func pointers(_ text: String) throws -> [String] {
        let found = try complaints(Array(text.utf8))
        #expect(found.allSatisfy { $0.code == "not-unicode" })
        return found.map(\.pointer)
    }

    @Test(
        "are named with their places, all of them in one go",
        arguments: [
            (#"{"text":"\ud800"}"#, ["/text"]), (#"{"text":"\udc00"}"#, ["/text"]),
            (#"{"text":"\udc00\ud800"}"#, ["/text"]), (#"{"text":"\ud800\n"}"#, ["/text"]),
            (#"{"text":"\ud800\ud83d\ude00"}"#, ["/text"]), (#"{"text":"x\ud800"}"#, ["/text"]),
            (
                #"{"text":"\ud800","tags":["a","\udfff",["\udfff"]]}"#,
                ["/text", "/tags/1", "/tags/2/0"]
            ),
            (#"{"a":{"b/c~":"\ud800"},"d":[{"e":"\ud800"}]}"#, ["/a/b~1c~0", "/d/0/e"]),
            (#"{"text":"fine","\ud800":{"x":"\udc00"}}"#, ["", "/x"]),
            (#""\ud800""#, [""]), (#"["\ud800"]"#, ["/0"]),
        ] as [(String, [String])])
    func places(text: String, expected: [String]) throws {
        #expect(try pointers(text) == expected)
    }

    @Test(
        "may also be bytes that are not UTF-8: overlong, cut short, surrogates, too large",
        arguments: [
            [0xc0, 0xaf], [0xc0, 0x80], [0xe0, 0x80, 0xaf], [0xf0, 0x80, 0x80, 0xaf],
            [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xff, 0xfe], [0x80], [0xe2, 0x82],
            [0xc3, 0x28], [0xe2, 0x28, 0xa1], [0xf0, 0x9f, 0x98, 0x78],
        ] as [[UInt8]])
    func bytes(bytes: [UInt8]) throws {
        let text =
            Array(#"{"list":[1,"ok"],"text":"before "#.utf8) + bytes + Array(#" after"}"#.utf8)
        let found = try complaints(text)
        #expect(found.map(\.pointer) == ["/text"])
        #expect(found.map(\.code) == ["not-unicode"])
        #expect(found.map(\.detail) == ["these bytes are not UTF-8"])
    }

    @Test(
        "do not hide that the rest is no JSON: the byte is named then",
        arguments: [
            (#"{"text":"\ud800""#, JSONError(.unexpectedEnd, at: 16)),
            (#"{"text":"\ud800",}"#, JSONError(.unexpectedByte, at: 17)),
            (#"{"text":"\ud800"}}"#, JSONError(.trailingBytes, at: 17)),
            (#"{"text":"\ud800\x"}"#, JSONError(.invalidEscape, at: 15)),
            (#"{"text":"\ud800\u12"}"#, JSONError(.invalidEscape, at: 19)),
            ("{\"text\":\"\\ud800\n\"}", JSONError(.controlCharacter, at: 15)),
        ])
    func form(text: String, error: JSONError) {
        #expect(throws: error) { try Note.decode(ByteString(text)) }
    }

    @Test("outside of strings are no JSON")
    func outside() {
        #expect(throws: JSONError(.unexpectedByte, at: 8)) {
            try Note.decode(ByteString(Array(#"{"text":"#.utf8) + [0xc0, 0xaf, 0x7d]))
        }
    }

    @Test("are complained of as often as anything else, and no more")
    func bounded() throws {
        let many = "[" + Array(repeating: #""\ud800""#, count: 1_000).joined(separator: ",") + "]"
        #expect(try complaints(Array(many.utf8)).count == JSONLimits.complaintsMax)
    }
}
