import Bytes
import JSON
import Testing

private enum Thing {}
private enum Level: String, CaseIterable, Sendable { case low, high }

private struct Author: JSONRecord {
    let name: String
    static let members: [JSONMember<Self>] = [.string("name", \.name)]
    static let card = members("name") + [.bool("isKnown") { _ in true }]
}

private struct Post: JSONRecord {
    let id: ID<Thing>
    var reply: Author?
    var level = Level.low

    static let members: [JSONMember<Self>] = [
        .id("id", \.id), .id("parent", orNull: { _ in nil as ID<Thing>? }),
        .id("answer", orAbsent: { _ in nil as ID<Thing>? }), .string("bio", orAbsent: { _ in nil }),
        .integer("rank", orAbsent: { _ in nil as Int? }), .number("ratio") { _ in 0.5 },
        .word("level", \.level), .words("levels") { _ in [Level.high, .low] },
        .strings("tags") { _ in ["a", "b"] }, .ids("mentions") { [$0.id] },
        .timestamp("editedAt", orNull: { _ in nil }),
        .card("author") { _ in Author(name: "finn") },
        .cards("readers") { _ in [Author(name: "jake")] },
        .records("owners") { _ in [Author(name: "bmo")] }, .record("lead", orNull: \.reply),
        .record("reply", orAbsent: \.reply), JSONMember("free") { $1.null() },
    ]
}

@Suite("What values look like")
struct JSONSchemaTests {
    /// Schemas in a short notation, one line a member.
    private func lines(_ schema: JSONSchema) -> [String] {
        guard case .object(let object) = schema else { return ["no object"] }
        return object.members.map {
            "\($0.name)\($0.isRequired ? "" : "?"): \(text($0.schema))"
        }
    }

    private func text(_ schema: JSONSchema) -> String {
        switch schema {
        case .anything: "any"
        case .bool: "bool"
        case .integer(let range):
            range.map { "int \($0.lowerBound)…\($0.upperBound)" } ?? "int"
        case .number: "number"
        case .string(let length): length.map { "text \($0.lowerBound)…\($0.upperBound)" } ?? "text"
        case .time: "time"
        case .word(let words): words.joined(separator: "|")
        case .array(let element, let count):
            "[\(text(element))]" + (count.map { " \($0.lowerBound)…\($0.upperBound)" } ?? "")
        case .nullable(let inner): "\(text(inner)) or null"
        case .object(let object): object.name
        }
    }

    @Test("a record's table says it for each member")
    func record() {
        #expect(
            lines(Post.answerSchema) == [
                "id: int 1…9007199254740992", "parent: int 1…9007199254740992 or null",
                "answer?: int 1…9007199254740992", "bio?: text", "rank?: int", "ratio: number",
                "level: low|high", "levels: [low|high]", "tags: [text]",
                "mentions: [int 1…9007199254740992]", "editedAt: time or null",
                "author: AuthorCard", "readers: [AuthorCard]", "owners: [Author]",
                "lead: Author or null", "reply?: Author", "free: any",
            ])
        #expect(lines(Author.cardSchema) == ["name: text", "isKnown: bool"])
    }

    @Test("and the record is written that way")
    func written() {
        var writer = JSONWriter()
        writer.record(Post(id: ID(7)))
        let expected =
            #"{"id":7,"parent":null,"ratio":0.5,"level":"low","levels":["high","low"],"#
            + #""tags":["a","b"],"mentions":[7],"editedAt":null,"#
            + #""author":{"name":"finn","isKnown":true},"#
            + #""readers":[{"name":"jake","isKnown":true}],"owners":[{"name":"bmo"}],"#
            + #""lead":null,"free":null}"#
        #expect(writer.finish().text == expected)
    }

    private struct Inner: JSONDecodable {
        init(from fields: inout JSONFields) { _ = fields.requiredBool("flag") }
    }

    private struct Message: JSONDecodable {
        init(from fields: inout JSONFields) {
            _ = fields.requiredString("title", length: 3...200)
            _ = fields.optionalString("bio")
            _ = fields.requiredID("thread", as: Thing.self)
            _ = fields.optionalInteger("size", in: 1...9)
            _ = fields.optionalWord("level", Level.self)
            _ = fields.optionalStrings("tags", count: 0...5, length: 1...20)
            _ = fields.optionalObject("inner", as: Inner.self)
            _ = fields.requiredArray("list", of: Inner.self, count: 1...2)
            _ = fields.patchStringOrNull("note", length: 0...9)
            _ = fields.patchBool("isOpen")
            _ = fields.optionalTimestamp("until")
            _ = fields.requiredNumber("ratio", in: 0...1)
            _ = fields.has("title")
            _ = fields.member("raw")
        }
    }

    @Test("a message's reader says it by what it asks for, with its limits")
    func message() {
        #expect(
            lines(Message.requestSchema) == [
                "title: text 3…200", "bio?: text 0…9223372036854775807",
                "thread: int 1…9007199254740992", "size?: int 1…9", "level?: low|high",
                "tags?: [text 1…20] 0…5", "inner?: Inner", "list: [Inner] 1…2",
                "note?: text 0…9 or null", "isOpen?: bool", "until?: time", "ratio: number",
                "raw?: any",
            ])
        #expect(lines(Inner.requestSchema) == ["flag: bool"])
    }

    @Test("a type may contain itself")
    func recursive() {
        struct Tree: JSONDecodable {
            init(from fields: inout JSONFields) {
                _ = fields.optionalArray("children", of: Tree.self, count: 0...9)
            }
        }
        #expect(lines(Tree.requestSchema) == ["children?: [Tree] 0…9"])
    }
}
