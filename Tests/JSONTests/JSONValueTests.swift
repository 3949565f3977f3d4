import Bytes
import JSON
import Testing

@Suite("JSON values")
struct JSONValueTests {
    private func parse(_ text: String) throws -> JSONValue {
        try JSONValue.parse(ByteString(text))
    }

    private func write(_ value: JSONValue) -> String {
        var writer = JSONWriter()
        writer.value(value)
        return writer.finish().text
    }

    @Test("whole numbers are exact to the last of 64 bits")
    func integers() throws {
        #expect(try parse("9223372036854775807") == .integer(.max))
        #expect(try parse("-9223372036854775808") == .integer(.min))
        #expect(try parse("-0") == .integer(0))
    }

    @Test(
        "other numbers pass through as written",
        arguments: ["9223372036854775808", "0.1", "1e400", "-0.0", "1.0", "12345678901234567890.5"])
    func numbers(_ text: String) throws {
        #expect(write(try parse(text)) == text)
    }

    @Test("a number tells its nearest double")
    func doubles() throws {
        guard case .number(let number) = try parse("0.25e1") else {
            Issue.record("a number with a fraction")
            return
        }
        #expect(number.double == 2.5)
    }

    @Test("escapes become the characters they stand for")
    func escapes() throws {
        let text = #""\"\\\/\b\f\n\r\t\u0041\u00e9\u6f22\ud83d\udc4d\u0000end""#
        #expect(try parse(text) == .string("\"\\/\u{8}\u{c}\n\r\tAé漢👍\u{0}end"))
    }

    @Test(
        "a member that comes twice is refused at its second name",
        arguments: [(#"{"a":1,"a":2}"#, 7), (#"{"a":1,"\u0061":2}"#, 7), (#"[{"":1, "":1}]"#, 8)])
    func duplicates(_ text: String, _ offset: Int) {
        #expect(throws: JSONError(.duplicateMember, at: offset)) { try parse(text) }
    }

    @Test("a member that comes twice is found among thousands")
    func manyDuplicates() throws {
        let members = (0..<5_000).map { "\"m\($0)\":\($0)" }.joined(separator: ",")
        guard case .object(let object) = try parse("{\(members)}") else {
            Issue.record("an object")
            return
        }
        #expect(object.members.count == 5_000)
        let error = JSONError(.duplicateMember, at: members.utf8.count + 2)
        #expect(throws: error) { try parse("{\(members),\"m4321\":0}") }
    }

    @Test("names that only look the same are different members")
    func canonicalEquivalence() throws {
        let value = try parse("{\"\u{212a}\":1,\"K\":2,\"e\u{301}\":3,\"\u{e9}\":4}")
        #expect(value["K"] == .integer(2))
    }

    @Test("members keep their order")
    func order() throws {
        let text = #"{"z":1,"a":{"y":[],"b":null},"m":[true,false,""]}"#
        #expect(write(try parse(text)) == text)
    }

    @Test("a member of what is no object is nil")
    func subscripts() throws {
        #expect(try parse("[1]")["a"] == nil)
        #expect(try parse(#"{"b":1}"#)["a"] == nil)
    }
}
