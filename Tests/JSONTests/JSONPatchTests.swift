import Bytes
import JSON
import Testing

private enum Thing {}
private enum Level: String, CaseIterable { case low, high }

private struct Inner: JSONDecodable {
    let name: String?
    init(from fields: inout JSONFields) { name = fields.patchString("name") }
}

private struct Edit: JSONDecodable {
    let title: String?
    let bio: JSONPatch<String>
    let level: Level?
    let size: Int64?
    let rank: JSONPatch<Int64>
    let owner: ID<Thing>?
    let parent: JSONPatch<ID<Thing>>
    let isOpen: Bool?
    let until: JSONPatch<Timestamp>
    let tags: [String]?
    let inner: Inner?

    init(from fields: inout JSONFields) {
        title = fields.patchString("title", length: 3...10)
        bio = fields.patchStringOrNull("bio", length: 0...5)
        level = fields.patchWord("level", Level.self)
        size = fields.patchInteger("size", in: 1...9)
        rank = fields.patchIntegerOrNull("rank", in: 1...9)
        owner = fields.patchID("owner", as: Thing.self)
        parent = fields.patchIDOrNull("parent", as: Thing.self)
        isOpen = fields.patchBool("isOpen")
        until = fields.patchTimestampOrNull("until")
        tags = fields.patchStrings("tags", count: 0...2)
        inner = fields.patchObject("inner", as: Inner.self)
    }
}

@Suite("Merge patches")
struct JSONPatchTests {
    private func complaints(_ text: String) -> [String] {
        do {
            _ = try Edit.decode(ByteString(text))
            return []
        } catch let rejection as JSONRejection {
            return rejection.complaints.map { "\($0.pointer) \($0.code)" }
        } catch {
            return ["\(error)"]
        }
    }

    @Test("an empty patch changes nothing")
    func empty() throws {
        let edit = try Edit.decode("{}" as ByteString)
        #expect(edit.title == nil && edit.level == nil && edit.size == nil && edit.owner == nil)
        #expect(edit.isOpen == nil && edit.tags == nil && edit.inner == nil)
        #expect(edit.bio == .unchanged && edit.rank == .unchanged)
        #expect(edit.parent == .unchanged && edit.until == .unchanged)
    }

    @Test("what is sent is set")
    func values() throws {
        let edit = try Edit.decode(
            """
            {"title":"Hello","bio":"b","level":"high","size":9,"rank":1,"owner":4,"parent":5,
             "isOpen":false,"until":"1970-01-01T00:00:01Z","tags":[],"inner":{"name":"n"}}
            """ as ByteString)
        #expect(edit.title == "Hello" && edit.level == .high && edit.size == 9)
        #expect(edit.owner == ID(4) && edit.isOpen == false && edit.tags == [])
        #expect(edit.bio == .set("b") && edit.rank == .set(1) && edit.parent == .set(ID(5)))
        #expect(edit.until == .set(Timestamp(milliseconds: 1000)))
        #expect(edit.inner?.name == "n")
    }

    @Test("null removes what can be removed")
    func removed() throws {
        let text: ByteString = #"{"bio":null,"rank":null,"parent":null,"until":null}"#
        let edit = try Edit.decode(text)
        #expect(edit.bio == .removed && edit.rank == .removed)
        #expect(edit.parent == .removed && edit.until == .removed)
    }

    @Test("null for what cannot be removed is a complaint, not a silent nothing")
    func cannotBeRemoved() {
        let names = ["title", "level", "size", "owner", "isOpen", "tags", "inner"]
        for name in names {
            #expect(complaints("{\"\(name)\":null}") == ["/\(name) required"])
        }
    }

    @Test("limits and types are those of whole messages")
    func limits() {
        let text =
            #"{"title":"ab","bio":"abcdef","level":"x","size":10,"rank":"1","owner":0,"#
            + #""isOpen":1,"until":"now","tags":["a",1],"inner":{"name":2}}"#
        #expect(
            complaints(text) == [
                "/title too-short", "/bio too-long", "/level unknown-value", "/size out-of-range",
                "/rank wrong-type", "/owner out-of-range", "/isOpen wrong-type",
                "/until not-a-time", "/tags/1 wrong-type", "/inner/name wrong-type",
            ])
    }

    @Test("a patch applies to what is there")
    func applied() {
        #expect(JSONPatch<Int>.unchanged.applied(to: 1) == 1)
        #expect(JSONPatch<Int>.removed.applied(to: 1) == nil)
        #expect(JSONPatch.set(2).applied(to: 1) == 2)
        #expect(JSONPatch<Int>.unchanged.applied(to: nil) == nil)
    }
}

@Suite("Lists and numbers in messages")
struct JSONListFieldsTests {
    private struct Message: JSONDecodable {
        let posts: [ID<Thing>]
        let order: [ID<Thing>]?
        let levels: [Level]
        let more: [Level]?
        let names: [String]
        let inner: [Inner]
        let ratio: Double
        let part: Double?
        let at: Timestamp

        init(from fields: inout JSONFields) {
            posts = fields.requiredIDs("posts", as: Thing.self, count: 1...3)
            order = fields.optionalIDs("order", as: Thing.self, count: 0...3)
            levels = fields.requiredWords("levels", Level.self, count: 1...2)
            more = fields.optionalWords("more", Level.self, count: 0...2)
            names = fields.requiredStrings("names", count: 1...2, length: 1...3)
            inner = fields.requiredArray("inner", of: Inner.self, count: 0...2)
            ratio = fields.requiredNumber("ratio", in: 0...1)
            part = fields.optionalNumber("part", in: 0...1)
            at = fields.requiredTimestamp("at")
        }
    }

    @Test("arrive in their types")
    func whole() throws {
        let message = try Message.decode(
            """
            {"posts":[4,5],"order":[],"levels":["low"],"more":["high"],"names":["a"],
             "inner":[{"name":"x"}],"ratio":0.5,"part":1,"at":"1970-01-01T00:00:01Z"}
            """ as ByteString)
        #expect(message.posts == [ID(4), ID(5)])
        #expect(message.order == [])
        #expect(message.levels == [.low])
        #expect(message.more == [.high])
        #expect(message.names == ["a"])
        #expect(message.inner.map(\.name) == ["x"])
        #expect(message.ratio == 0.5)
        #expect(message.part == 1)
        #expect(message.at == Timestamp(milliseconds: 1000))
    }

    @Test("and every wrong one is named with its place")
    func wrong() {
        let text: ByteString =
            """
            {"posts":[0,"5",6],"order":[1,2,3,4],"levels":["x",1],"names":["a","long"],
             "inner":[1],"ratio":2,"part":"1"}
            """
        do {
            _ = try Message.decode(text)
            Issue.record("the message is wrong")
        } catch let rejection as JSONRejection {
            #expect(
                rejection.complaints.map { "\($0.pointer) \($0.code)" } == [
                    "/posts/0 out-of-range", "/posts/1 wrong-type", "/order too-long",
                    "/levels/0 unknown-value", "/levels/1 wrong-type", "/names/1 too-long",
                    "/inner/0 wrong-type", "/ratio out-of-range", "/part wrong-type",
                    "/at required",
                ])
        } catch {
            Issue.record("\(error)")
        }
    }
}
