import Bytes
import JSON
import Testing

private enum Thread {}

private enum Kind: String, CaseIterable { case discussion, question }

private struct Option: JSONDecodable {
    let text: String
    init(from fields: inout JSONFields) { text = fields.requiredString("text", length: 1...5) }
}

private struct NewThread: JSONDecodable {
    let title: String
    let createdBy: ID<Thread>
    let bio: String?
    let size: Int64?
    let isOpen: Bool?
    let kind: Kind
    let tags: [String]?
    let first: Option?
    let options: [Option]?

    init(from fields: inout JSONFields) {
        title = fields.requiredString("title", length: 3...10)
        createdBy = fields.requiredID("createdBy", as: Thread.self)
        bio = fields.optionalString("bio")
        size = fields.optionalInteger("size", in: 1...9)
        isOpen = fields.optionalBool("isOpen")
        kind = fields.optionalWord("kind", Kind.self) ?? .discussion
        tags = fields.optionalStrings("tags", count: 1...2, length: 1...4)
        first = fields.optionalObject("first", as: Option.self)
        options = fields.optionalArray("options", of: Option.self, count: 1...2)
        if title == "taken" { fields.complain("title", "taken", "'taken' is in use") }
    }
}

@Suite("Reading messages")
struct JSONFieldsTests {
    /// `pointer code` of every complaint about `members` beside the two required ones.
    private func complaints(_ members: String, strict: Bool = false) -> [String] {
        let text = "{\"title\":\"Hello\",\"createdBy\":4\(members.isEmpty ? "" : ",")\(members)}"
        return complaints(whole: text, strict: strict)
    }

    private func complaints(whole text: String, strict: Bool = false) -> [String] {
        do {
            _ = try NewThread.decode(ByteString(text), strict: strict)
            return []
        } catch let rejection as JSONRejection {
            return rejection.complaints.map { "\($0.pointer) \($0.code)" }
        } catch {
            return ["\(error)"]
        }
    }

    @Test("a whole message arrives in its members")
    func whole() throws {
        let thread = try NewThread.decode(
            """
            {"title":"Hello","createdBy":4,"bio":"b","size":9,"isOpen":true,"kind":"question",
             "tags":["a","b"],"first":{"text":"x"},"options":[{"text":"y"}],"other":1}
            """ as ByteString)
        #expect(thread.title == "Hello")
        #expect(thread.createdBy == ID(4))
        #expect(thread.bio == "b")
        #expect(thread.size == 9)
        #expect(thread.isOpen == true)
        #expect(thread.kind == .question)
        #expect(thread.tags == ["a", "b"])
        #expect(thread.first?.text == "x")
        #expect(thread.options?.map(\.text) == ["y"])
    }

    @Test("null stands for absent, in any order of members")
    func nulls() throws {
        let text: ByteString = #"{"bio":null,"createdBy":1,"options":null,"title":"abc"}"#
        let thread = try NewThread.decode(text)
        #expect(thread.bio == nil)
        #expect(thread.options == nil)
    }

    @Test("every fault is named at once, with its pointer")
    func everyFault() {
        let text =
            #"{"title":"ab","size":10,"isOpen":1,"kind":"x","first":{},"#
            + #""options":[{"text":1},7]}"#
        #expect(
            complaints(whole: text) == [
                "/title too-short", "/createdBy required", "/size out-of-range",
                "/isOpen wrong-type", "/kind unknown-value", "/first/text required",
                "/options/0/text wrong-type", "/options/1 wrong-type",
            ])
    }

    @Test(
        "strings are counted in Unicode scalars",
        arguments: [
            ("ab", ["/title too-short"]), ("éé", ["/title too-short"]), ("漢漢漢", []),
            ("👍👍👍👍👍👍👍👍👍👍", []), ("👍👍👍👍👍👍👍👍👍👍👍", ["/title too-long"]),
            ("e\\u0301e", []), ("12345678901", ["/title too-long"]),
        ])
    func lengths(_ title: String, _ expected: [String]) {
        #expect(complaints(whole: "{\"title\":\"\(title)\",\"createdBy\":4}") == expected)
    }

    @Test("a string with U+0000 is refused, never cut")
    func nul() {
        #expect(complaints(#""bio":"a\u0000b""#) == ["/bio contains-nul"])
        #expect(complaints(#""tags":["\u0000"]"#) == ["/tags/0 contains-nul"])
    }

    @Test(
        "ids are whole numbers from 1 to 2^53",
        arguments: [
            ("0", "out-of-range"), ("-1", "out-of-range"), ("9007199254740993", "out-of-range"),
            ("99999999999999999999", "out-of-range"), ("1.0", "wrong-type"), ("1e2", "wrong-type"),
            ("\"4\"", "wrong-type"), ("null", "required"), ("[]", "wrong-type"),
        ])
    func ids(_ number: String, _ code: String) {
        let text = "{\"title\":\"Hello\",\"createdBy\":\(number)}"
        #expect(complaints(whole: text) == ["/createdBy \(code)"])
    }

    @Test("arrays have their count, elements their place")
    func arrays() {
        #expect(complaints(#""tags":[]"#) == ["/tags too-short"])
        #expect(complaints(#""tags":["a","b","c"]"#) == ["/tags too-long"])
        #expect(complaints(#""tags":["a",1]"#) == ["/tags/1 wrong-type"])
        #expect(complaints(#""tags":"a""#) == ["/tags wrong-type"])
        #expect(complaints(#""first":[]"#) == ["/first wrong-type"])
    }

    @Test("members that nobody asked for are ignored, and complaints under strict handling")
    func unknown() {
        #expect(complaints(#""x":1"#) == [])
        #expect(complaints(#""x/~":1"#, strict: true) == ["/x~1~0 unknown-member"])
        let inner = #""first":{"text":"x","y":1}"#
        #expect(complaints(inner, strict: true) == ["/first/y unknown-member"])
    }

    @Test("the reader of a message may add findings of its own")
    func own() {
        #expect(complaints(whole: #"{"title":"taken","createdBy":1}"#) == ["/title taken"])
    }

    @Test("a document that is no object is refused as a whole", arguments: ["[]", "1", "null"])
    func noObject(_ text: String) {
        #expect(complaints(whole: text) == [" wrong-type"])
    }

    @Test("no more complaints are collected than a person would read")
    func bounded() {
        let members = (0..<100).map { "\"m\($0)\":0" }.joined(separator: ",")
        #expect(complaints(members, strict: true).count == JSONLimits.complaintsMax)
    }

    @Test("a merge patch tells null from absent")
    func patch() throws {
        struct Patch: JSONDecodable {
            let verdicts: [Bool]
            init(from fields: inout JSONFields) {
                verdicts = [
                    fields.has("a"), fields.isNull("a"), fields.has("b"), fields.isNull("b"),
                    fields.has("c"),
                ]
            }
        }
        let patch = try Patch.decode(#"{"a":null,"b":1}"# as ByteString)
        #expect(patch.verdicts == [true, true, true, false, false])
    }

    @Test("text that is no JSON keeps its own error")
    func malformed() {
        #expect(complaints(whole: "{") == ["byte 1: the text ends too early"])
    }
}
