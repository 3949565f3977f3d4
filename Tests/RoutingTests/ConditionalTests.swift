import Bytes
import HTTP
import JSON
import Routing
import Testing

@Suite("Answers and their conditions")
struct ConditionalTests {
    private static let user = User(id: ID(4), username: "jake")
    private static let etag = ETag("u", 4, version: 7)

    private let forum = Forum([
        .get("/api/users/{id}") { request in
            try Response.json(ConditionalTests.user, for: request, etag: ConditionalTests.etag)
        },
        .get("/api/users") { _ in [ConditionalTests.user, ConditionalTests.user] },
        .get("/api/users/plain") { _ in ConditionalTests.user },
        .get("/api/users/me") { request in
            try Response.json(ConditionalTests.user, for: request, cache: .personal)
        },
        .post("/api/users", .repeatable) { _ in
            Response.created(ConditionalTests.user, at: "/api/users/4", etag: ConditionalTests.etag)
        },
        .patch("/api/users/{id}") { request in
            Response.text("\(request.ifMatch(ETag("p812.4~u4.9")))")
        },
    ])

    @Test("a record answers with its members, tag and caching")
    func record() async throws {
        let response = try await forum.get("/api/users/4")
        #expect(response.body.text == #"{"id":4,"username":"jake"}"#)
        #expect(response.fields[.contentType] == "application/json; charset=utf-8")
        #expect(response.fields[.etag] == "\"u4.7\"")
        #expect(response.fields[.cacheControl] == "public, max-age=0, must-revalidate")
        #expect(response.fields[.vary] == "Authorization, Accept-Encoding")
    }

    @Test("personal answers are kept by nobody")
    func personal() async throws {
        let response = try await forum.get("/api/users/me")
        #expect(response.fields[.cacheControl] == "private, no-store")
    }

    @Test("a handler may return records alone, and fields= chooses their members")
    func bare() async throws {
        let list = try await forum.get("/api/users?fields=username")
        #expect(list.body.text == #"[{"username":"jake"},{"username":"jake"}]"#)
        let one = try await forum.get("/api/users/plain?fields=username,id")
        #expect(one.body.text == #"{"username":"jake","id":4}"#)
    }

    @Test(
        "fields= that names no member is malformed",
        arguments: ["fields=nope", "fields=", "fields=id,", "fields=id,id", "fields=id&fields=id"])
    func badFields(_ query: String) async throws {
        #expect(try await forum.get("/api/users/4?\(query)").verdict == "malformed")
    }

    @Test("view= chooses the size: the card may have members of its own")
    func views() async throws {
        let card = try await forum.get("/api/users/4?view=card")
        #expect(card.body.text == #"{"username":"jake","initial":"j"}"#)
        let list = try await forum.get("/api/users?view=card")
        #expect(list.body.text.hasPrefix(#"[{"username":"jake","initial":"j"},"#))
        let full = try await forum.get("/api/users/4?view=full")
        #expect(full.body.text == #"{"id":4,"username":"jake"}"#)
    }

    @Test(
        "a view that does not exist, or beside fields=, is malformed",
        arguments: ["view=small", "view=", "view=card&fields=id", "view=full&fields=id"])
    func badViews(_ query: String) async throws {
        #expect(try await forum.get("/api/users/4?\(query)").verdict == "malformed")
    }

    @Test("a record without a card has no small view")
    func noCard() async throws {
        struct Plain: JSONRecord {
            static let members: [JSONMember<Self>] = [.integer("one") { _ in 1 }]
        }
        let forum = Forum([.get("/") { try Response.json(Plain(), for: $0) }])
        #expect(try await forum.get("/?view=card").verdict == "malformed")
        #expect(try await forum.get("/?view=full").body.text == #"{"one":1}"#)
    }

    @Test("a new record says where it lives")
    func created() async throws {
        let response = try await forum.post("/api/users", "{}")
        #expect(response.status == .created)
        #expect(response.fields[.location] == "/api/users/4")
        #expect(response.fields[.etag] == "\"u4.7\"")
    }

    @Test(
        "who holds the current representation gets 304",
        arguments: [
            ("\"u4.7\"", 304), ("*", 304), ("W/\"u4.7\"", 304), ("\"x\", \"u4.7\"", 304),
            ("\"x\" ,W/\"y\",\"u4.7\"", 304), ("\"u4.6\"", 200), ("u4.7", 200), ("\"u4.7", 200),
            ("", 200), ("\"x\", *", 200), ("w/\"u4.7\"", 200), ("\"u4.7 \"", 200),
        ])
    func notModified(_ tags: String, _ status: Int) async throws {
        let response = try await forum.get("/api/users/4", [.ifNoneMatch: tags])
        #expect(Int(response.status.code) == status)
        #expect(response.fields[.etag] == "\"u4.7\"")
        #expect(response.fields[.vary] != nil)
        #expect(response.fields[.cacheControl] != nil)
        #expect(response.body.isEmpty == (status == 304))
    }

    @Test("tags may come in several fields")
    func severalFields() async throws {
        var fields: Fields = [.ifNoneMatch: "\"x\""]
        fields.append(.ifNoneMatch, "\"u4.7\"")
        #expect(try await forum.get("/api/users/4", fields).status == .notModified)
    }

    @Test("a HEAD has the fields of its GET, also when it is held")
    func head() async throws {
        let held = try await forum.send(.head, "/api/users/4", [.ifNoneMatch: "\"u4.7\""])
        #expect(held.status == .notModified)
        let whole = try await forum.send(.head, "/api/users/4")
        #expect(whole.fields[.contentLength] == "26")
    }

    @Test(
        "If-Match compares strongly and leaves foreign cards aside",
        arguments: [
            (nil, "absent"), ("\"p812.4~u4.9\"", "holds"), ("\"p812.4~u4.10\"", "holds"),
            ("\"p812.4\"", "holds"), ("*", "holds"), ("\"a\", \"p812.4\"", "holds"),
            ("W/\"p812.4\"", "fails"), ("\"p812.3~u4.9\"", "fails"), ("p812.4", "fails"),
            ("\"p812.41\"", "fails"), ("", "fails"),
        ] as [(String?, String)])
    func ifMatch(_ tags: String?, _ verdict: String) async throws {
        var fields: Fields = [.contentType: "application/json"]
        fields[.ifMatch] = tags
        let response = try await forum.send(.patch, "/api/users/4", fields, body: "{}")
        #expect(response.body.text == verdict)
    }

    @Test("an edit is refused with 412 and the current tag, and what it needs to merge")
    func precondition() async throws {
        let forum = Forum([
            .patch("/api/posts/{id}") { request in
                let match = request.match()
                try match.require(ETag("p812.4~u4.9"), current: .string("hello"))
                return Response.noContent
            },
            .delete("/api/posts/{id}") { request in
                try request.requireMatch(ETag("p812.4"))
                return Response.noContent
            },
        ])
        let refused = try await forum.send(.patch, "/api/posts/812", [.ifMatch: "\"p812.3~u4.9\""])
        #expect(refused.verdict == "precondition-failed")
        #expect(refused.status == .preconditionFailed)
        #expect(refused.fields[.etag] == "\"p812.4~u4.9\"")
        #expect(try refused.member("current") == .string("hello"))
        let older: Fields = [.ifMatch: "\"p812.3\""]
        let bare = try await forum.send(.delete, "/api/posts/812", older)
        #expect(bare.fields[.etag] == "\"p812.4\"")
        #expect(try bare.member("current") == nil)
        for fields: Fields in [[:], [.ifMatch: "\"p812.4~u4.10\""], [.ifMatch: "*"]] {
            #expect(try await forum.send(.patch, "/api/posts/812", fields).status == .noContent)
        }
    }

    @Test("where If-Match is needed, a request without it is told so and not run")
    func required() async throws {
        let forum = Forum([
            .patch("/api/posts/{id}") { _ in Response.noContent }.needsIfMatch()
        ])
        let refused = try await forum.send(.patch, "/api/posts/812")
        #expect(refused.verdict == "precondition-required")
        #expect(refused.status == .preconditionRequired)
        let known: Fields = [.ifMatch: "\"p812.4\""]
        #expect(try await forum.send(.patch, "/api/posts/812", known).status == .noContent)
    }

    @Test("a tag tells of the foreign cards in the representation, however many")
    func cards() {
        let author = ETag.Card("u", 4, version: 9)
        #expect(ETag("p", 812, version: 4, card: author).text == "\"p812.4~u4.9\"")
        #expect(ETag("p", 812, version: 4, cards: []).text == "\"p812.4\"")
        let two = ETag("t", 7, version: 2, cards: [author, ETag.Card("u", 5, version: 1)])
        #expect(two.text == "\"t7.2~u4.9~u5.1\"")
        let many = (1...5).map { ETag.Card("u", $0, version: 1) }
        let tag = ETag("t", 7, version: 2, cards: many)
        #expect(tag.text.hasPrefix("\"t7.2~"))
        #expect(tag.text.utf8.count < 30)
        let renamed = many.dropLast() + [ETag.Card("u", 5, version: 2)]
        #expect(tag != ETag("t", 7, version: 2, cards: Array(renamed)))
    }

    @Test("what is made for one reader is tagged by its bytes and kept by nobody")
    func madeForOne() async throws {
        let forum = Forum([
            .get("/api/users/{id}") { request in
                try Response.personal(
                    User(id: request.id("id", as: User.self), username: "a"), for: request)
            }
        ])
        let one = try await forum.get("/api/users/1")
        #expect(one.fields[.cacheControl] == "private, no-store")
        let tag = try #require(one.fields[.etag])
        #expect(try await forum.get("/api/users/1", [.ifNoneMatch: tag]).status == .notModified)
        #expect(try await forum.get("/api/users/2", [.ifNoneMatch: tag]).status == .ok)
    }

    @Test("a tag of kind, id and version takes the longest numbers")
    func longTag() {
        let tag = ETag("p", .max, version: .max)
        #expect(tag.text == "\"p9223372036854775807.9223372036854775807\"")
        #expect(ETag("u", 4, version: 7) == ETag("u4.7"))
    }
}
