import Bytes
import JSON
import Testing

private struct Badge: JSONRecord {
    let name: String
    static let members: [JSONMember<Self>] = [.string("name", \.name)]
}

private struct User: JSONRecord {
    let id: ID<User>
    let username: String
    var bio: String?
    var isNew = false
    var badge = Badge(name: "b")
    var rank: Int?

    static let members: [JSONMember<Self>] = [
        .id("id", \.id),
        .string("username", \.username),
        .string("bio", orNull: \.bio),
        .bool("isNew", \.isNew),
        .record("badge", \.badge),
        JSONMember("rank", when: { $0.rank != nil }) { $1.integer($0.rank ?? 0) },
    ]
}

@Suite("Records")
struct JSONRecordTests {
    private let user = User(id: ID(4), username: "jake")

    private func projected(_ fields: String) throws -> String {
        var writer = JSONWriter()
        writer.record(user, try JSONProjection<User>(fields))
        return writer.finish().text
    }

    @Test("the whole record has its members in the order of the table")
    func whole() {
        var writer = JSONWriter()
        writer.record(user)
        let expected =
            #"{"id":4,"username":"jake","bio":null,"isNew":false,"badge":{"name":"b"}}"#
        #expect(writer.finish().text == expected)
    }

    @Test("a member can be left out of records that do not have it")
    func optional() {
        var ranked = user
        ranked.rank = 3
        var writer = JSONWriter()
        writer.record(ranked)
        #expect(writer.finish().text.hasSuffix(#","rank":3}"#))
    }

    @Test("a projection has exactly the named members in the named order")
    func projection() throws {
        #expect(try projected("username,id") == #"{"username":"jake","id":4}"#)
    }

    @Test("records make a bare array")
    func array() throws {
        var writer = JSONWriter()
        writer.records([user, user], try JSONProjection("id"))
        #expect(writer.finish().text == #"[{"id":4},{"id":4}]"#)
    }

    @Test(
        "a projection of names that do not exist, repeat or are empty is refused",
        arguments: [
            ("nope", .unknown("nope")), ("id,ID", .unknown("ID")), ("id,id", .repeated("id")),
            ("", .emptyName), ("id,", .emptyName), (",id", .emptyName),
            ("id, bio", .unknown(" bio")),
        ] as [(String, RecordRefusal)])
    func refused(_ fields: String, _ refusal: RecordRefusal) {
        #expect(throws: refusal.error) { try JSONProjection<User>(fields) }
    }
}

/// The refusals of a projection without its generic parameter, for a table of arguments.
enum RecordRefusal: Sendable {
    case emptyName
    case unknown(String)
    case repeated(String)

    fileprivate var error: JSONProjection<User>.Refusal {
        switch self {
        case .emptyName: .emptyName
        case .unknown(let name): .unknown(name)
        case .repeated(let name): .repeated(name)
        }
    }
}
