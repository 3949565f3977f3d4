import Bytes
import JSON
import Testing

@Suite("The grammar of JSON")
struct JSONGrammarTests {
    @Test(
        "accepts every form of value",
        arguments: [
            "null", "true", "false", "0", "-0", "-1", "12", "0.5", "-0.0", "1e5", "1E+5", "1.25e-7",
            "\"\"", "\"a\"", "[]", "{}", "[1,[2,[3]]]", " \t\r\n[ 1 , 2 ]\n", #"{"":0}"#,
            #"{"a":{"b":[]},"c":null}"#, #""\"\\\/\b\f\n\r\t\u0041""#, #""\ud83d\udc4d""#,
            "\"é漢👍\u{7f}\u{2028}\"", "\"\u{feff}\"", #""\u0000""#, "9223372036854775807",
            "-9223372036854775808", "123456789012345678901234567890",
        ])
    func accepts(_ text: String) throws {
        _ = try JSONValue.parse(ByteString(text))
    }

    @Test(
        "refuses what is not JSON, at the byte where it is wrong",
        arguments: [
            ("", 0, .unexpectedEnd), ("  ", 2, .unexpectedEnd), ("[1,", 3, .unexpectedEnd),
            ("[1,]", 3, .unexpectedByte), ("[,1]", 1, .unexpectedByte),
            ("[1 2]", 3, .unexpectedByte),
            ("{", 1, .unexpectedEnd), (#"{"a"}"#, 4, .unexpectedByte),
            (#"{"a":}"#, 5, .unexpectedByte), (#"{"a":1,}"#, 7, .unexpectedByte),
            ("{a:1}", 1, .unexpectedByte), ("{'a':1}", 1, .unexpectedByte),
            (#"{"a" 1}"#, 5, .unexpectedByte), ("[1}", 2, .unexpectedByte),
            (#"{"a":1]"#, 6, .unexpectedByte), ("]", 0, .unexpectedByte),
            ("nul", 3, .unexpectedEnd), ("nulL", 3, .unexpectedByte), ("True", 0, .unexpectedByte),
            ("NaN", 0, .unexpectedByte), ("1 2", 2, .trailingBytes), ("{}x", 2, .trailingBytes),
            ("nullx", 4, .trailingBytes), ("[1]\u{0}", 3, .trailingBytes),
            ("\u{a0}1", 0, .unexpectedByte), ("// c\n1", 0, .unexpectedByte),
        ] as [(String, Int, JSONError.Reason)])
    func refuses(_ text: String, _ offset: Int, _ reason: JSONError.Reason) {
        #expect(throws: JSONError(reason, at: offset)) { try JSONValue.parse(ByteString(text)) }
    }

    @Test(
        "refuses numbers that only look like numbers",
        arguments: [
            ("01", 0, .invalidNumber), ("-01", 0, .invalidNumber), ("00", 0, .invalidNumber),
            ("-", 1, .unexpectedEnd), ("-a", 0, .invalidNumber), ("1.", 2, .unexpectedEnd),
            ("1.e1", 0, .invalidNumber), ("1e", 2, .unexpectedEnd), ("1e+", 3, .unexpectedEnd),
            ("1ex", 0, .invalidNumber), ("+1", 0, .unexpectedByte), (".5", 0, .unexpectedByte),
            ("0x10", 1, .trailingBytes), ("1_000", 1, .trailingBytes),
            ("-Infinity", 0, .invalidNumber),
        ] as [(String, Int, JSONError.Reason)])
    func refusesNumbers(_ text: String, _ offset: Int, _ reason: JSONError.Reason) {
        #expect(throws: JSONError(reason, at: offset)) { try JSONValue.parse(ByteString(text)) }
    }

    @Test(
        "refuses broken strings",
        arguments: [
            (#"""#, 1, .unexpectedEnd), (#""abc"#, 4, .unexpectedEnd), (#""\"#, 2, .unexpectedEnd),
            (#""\x""#, 1, .invalidEscape), (#""\u12"#, 5, .unexpectedEnd),
            (#""\u12g4""#, 5, .invalidEscape), (#""\ud800""#, 1, .loneSurrogate),
            (#""\ud800\n""#, 1, .loneSurrogate), (#""\ud800\ud800""#, 1, .loneSurrogate),
            (#""a\udc00""#, 2, .loneSurrogate), ("\"a\u{0}\"", 2, .controlCharacter),
            ("\"a\nb\"", 2, .controlCharacter), ("\"12345678\u{1f}\"", 9, .controlCharacter),
        ] as [(String, Int, JSONError.Reason)])
    func refusesStrings(_ text: String, _ offset: Int, _ reason: JSONError.Reason) {
        #expect(throws: JSONError(reason, at: offset)) { try JSONValue.parse(ByteString(text)) }
    }

    @Test(
        "refuses bytes that are not UTF-8, wherever they stand",
        arguments: [
            [0x80], [0xbf], [0xc0, 0x80], [0xc1, 0xbf], [0xc2], [0xc2, 0x41], [0xe0, 0x80, 0x80],
            [0xe0, 0x9f, 0xbf], [0xe2, 0x82], [0xe2, 0x82, 0x41], [0xed, 0xa0, 0x80],
            [0xed, 0xbf, 0xbf], [0xf0, 0x8f, 0xbf, 0xbf], [0xf0, 0x9f, 0x91],
            [0xf4, 0x90, 0x80, 0x80], [0xf5, 0x80, 0x80, 0x80], [0xff], [0xfe],
        ] as [[UInt8]])
    func refusesBytes(_ bytes: [UInt8]) {
        for padding in [0, 3, 8, 17] {
            let plain = [UInt8](repeating: UInt8(ascii: "a"), count: padding)
            let text = [UInt8(ascii: "\"")] + plain + bytes + [UInt8(ascii: "\"")]
            #expect(throws: JSONError(.invalidUTF8, at: padding + 1)) {
                try JSONValue.parse(ByteString(text))
            }
        }
    }

    @Test("refuses a byte order mark by its name")
    func byteOrderMark() {
        #expect(throws: JSONError(.byteOrderMark, at: 0)) { try JSONValue.parse("\u{feff}{}") }
    }

    @Test("takes thirty-two levels and refuses the thirty-third", arguments: ["[", #"{"a":"#])
    func depth(_ opening: String) throws {
        let closing = opening == "[" ? "]" : "}"
        let most = String(repeating: opening, count: JSONLimits.depthMax)
        let end = String(repeating: closing, count: JSONLimits.depthMax)
        _ = try JSONValue.parse(ByteString(most + (opening == "[" ? "" : "0") + end))
        let error = JSONError(.tooDeep, at: opening.utf8.count * JSONLimits.depthMax)
        #expect(throws: error) { try JSONValue.parse(ByteString(most + opening)) }
    }

    @Test("a number of more than 256 characters is refused where it starts")
    func longNumber() throws {
        let digits = String(repeating: "1", count: JSONLimits.numberBytesMax)
        _ = try JSONValue.parse(ByteString(digits))
        #expect(throws: JSONError(.numberTooLong, at: 1)) {
            try JSONValue.parse(ByteString("[\(digits)1]"))
        }
    }

    @Test("an error says the byte and the rule in one line")
    func description() {
        let text = JSONError(.unexpectedByte, at: 17).description
        #expect(text == "byte 17: this byte cannot stand here")
    }
}
