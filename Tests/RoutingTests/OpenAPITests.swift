import Bytes
import Fixture
import HTTP
import JSON
import Testing

@testable import Routing

private enum Sort: String, CaseIterable { case id, joined }

/// A service whose routes use every declaration.
private struct Members: ServiceModule {
    struct Badge: JSONRecord {
        let title: String
        static let members: [JSONMember<Self>] = [.string("title", \.title)]
    }

    struct Member: JSONRecord {
        let id: ID<Member>
        let name: String
        var badge: Badge?
        static let members: [JSONMember<Self>] = [
            .id("id", \.id), .string("name", \.name), .record("badge", orNull: \.badge),
            .records("badges") { [$0.badge].compactMap(\.self) },
            .cards("friends") { _ in [Member(id: ID(2), name: "jake")] },
            .string("motto", orAbsent: { _ in nil }),
        ]
        static let card = members("id", "name")
    }

    struct NewMember: JSONDecodable {
        init(from fields: inout JSONFields) {
            _ = fields.requiredString("name", length: 2...32)
            _ = fields.optionalWord("sort", Sort.self)
        }
    }

    struct MemberPatch: JSONDecodable {
        init(from fields: inout JSONFields) {
            _ = fields.patchStringOrNull("motto", length: 0...99)
        }
    }

    let name = "users"
    let prefix = "/api/users"

    var routes: [Route] {
        [
            .get("/", ready).documented("Ready", answers: .content("text/plain")),
            .get("/api/users", list).reads("posts")
                .documented(
                    "Members", answers: .list(Member.self),
                    query: [.word("sort", Sort.self), .text("q", "the start of a name")]),
            .get("/api/users/{id}", show)
                .documented("One member", answers: .one(Member.self), also: [.notFound]),
            .post("/api/users", create).by(.member("users:write")).limited(.register)
                .documented(
                    "Adds a member", takes: NewMember.self, answers: .one(Member.self),
                    also: [.accepted]),
            .patch("/api/users/{id}", edit).by(.member("users:write")).needsIfMatch()
                .documented(
                    "Changes a member", takes: MemberPatch.self, answers: .one(Member.self)),
            .delete("/api/users/{id}", remove).by(.admin(.session))
                .documented("Removes a member"),
            .stream(.post, "/api/users/bulk", media: .lines, ready).by(.operator),
            .put("/api/users/{user}/badges/{badge}", remove),
            .openAPI("/api/users/openapi.json", of: self),
        ]
    }

    private static let finn = Member(id: ID(1), name: "finn", badge: Badge(title: "hero"))

    func ready(_ request: borrowing Request) -> Response { .text("ready") }
    func list(_ request: borrowing Request) throws -> Response {
        try .json([Self.finn, Member(id: ID(3), name: "bmo")], for: request)
    }
    func show(_ request: borrowing Request) throws -> Response {
        try .json(Self.finn, for: request)
    }
    func create(_ request: borrowing Request) async throws -> KeyedAnswer {
        _ = try request.decode(NewMember.self)
        return KeyedAnswer(.created(Self.finn, at: "/api/users/1"))
    }
    func edit(_ request: borrowing Request) async throws -> Response {
        try .json(Self.finn, for: request)
    }
    func remove(_ request: borrowing Request) async throws -> Response { .noContent }
}

@Suite("The description of an API")
struct OpenAPITests {
    private let forum = Forum([Members()], Accounts.settings)

    private func document() async throws -> JSONValue {
        try JSONValue.parse(try await forum.get("/api/users/openapi.json").body)
    }

    private func names(_ value: JSONValue?) -> [String] {
        guard case .object(let object)? = value else { return [] }
        return object.members.map(\.name)
    }

    private func at(_ document: JSONValue, _ path: String...) -> JSONValue? {
        path.reduce(document as JSONValue?) { value, name in
            guard case .object(let object)? = value else { return nil }
            return object.members.first { $0.name == name }?.value
        }
    }

    @Test("is OpenAPI 3.1 and lists every route")
    func whole() async throws {
        let document = try await document()
        #expect(document["openapi"] == .string("3.1.0"))
        #expect(at(document, "info", "title") == .string("users"))
        #expect(
            names(document["paths"]) == [
                "/", "/api/users", "/api/users/{id}", "/api/users/bulk",
                "/api/users/{user}/badges/{badge}", "/api/users/openapi.json",
            ])
        #expect(names(at(document, "paths", "/api/users/{id}")) == ["get", "patch", "delete"])
    }

    @Test("is valid: every operation has an identifier of its own, responses, and its captures")
    func valid() async throws {
        let document = try await document()
        var identifiers: Set<String> = []
        for path in names(document["paths"]) {
            for method in names(at(document, "paths", path)) {
                let operation = at(document, "paths", path, method)
                guard case .string(let identifier)? = operation?["operationId"] else {
                    Issue.record("\(method) \(path) has no operationId")
                    continue
                }
                #expect(identifiers.insert(identifier).inserted, "\(identifier)")
                let responses = names(operation?["responses"])
                #expect(!responses.isEmpty)
                let captures = path.split(separator: "{").dropFirst().map {
                    String($0.prefix { $0 != "}" })
                }
                #expect(parameters(operation, in: "path") == captures)
            }
        }
    }

    @Test("refers to nothing that is not there, and to everything that is")
    func references() async throws {
        let response = try await forum.get("/api/users/openapi.json")
        let text = response.body.text
        let check = SchemaCheck(try JSONValue.parse(response.body))
        let references = Set(
            text.split(separator: "\"").filter { $0.hasPrefix("#/components/") })
        for reference in references {
            #expect(check.resolve(String(reference)) != nil, "\(reference)")
        }
        for name in names(at(try await document(), "components", "schemas")) {
            #expect(references.contains("#/components/schemas/\(name)"), "\(name)")
        }
    }

    @Test("says of a route what its rules say")
    func rules() async throws {
        let document = try await document()
        let create = at(document, "paths", "/api/users", "post")
        #expect(
            names(create?["responses"]) == [
                "201", "202", "400", "401", "403", "409", "422", "429", "default",
            ])
        #expect(parameters(create, in: "header") == ["Idempotency-Key"])
        #expect(text(create?["security"]) == #"[{"bearer":["users:write"]}]"#)
        let edit = at(document, "paths", "/api/users/{id}", "patch")
        #expect(parameters(edit, in: "header") == ["If-Match"])
        #expect(
            names(edit?["responses"]) == [
                "200", "400", "401", "403", "412", "422", "428", "default",
            ])
        let list = at(document, "paths", "/api/users", "get")
        #expect(
            parameters(list, in: "query") == [
                "sort", "q", "fields", "view", "limit", "after", "before",
            ])
        #expect(parameters(list, in: "header") == ["Forum-Position"])
        #expect(names(list?["responses"]) == ["200", "304", "default"])
        #expect(text(list?["security"]) == #"[{},{"bearer":[]}]"#)
        let remove = at(document, "paths", "/api/users/{id}", "delete")
        #expect(names(remove?["responses"]) == ["204", "401", "403", "default"])
        let bulk = at(document, "paths", "/api/users/bulk", "post")
        #expect(parameters(bulk, in: "header") == [])
    }

    @Test("describes the message that a route takes by its reader")
    func messages() async throws {
        let document = try await document()
        #expect(
            text(at(document, "components", "schemas", "NewMember"))
                == #"{"type":"object","properties":{"name":{"type":"string","minLength":2,"#
                + #""maxLength":32},"sort":{"type":"string","enum":["id","joined"]}},"#
                + #""required":["name"]}"#)
        let edit = at(document, "paths", "/api/users/{id}", "patch", "requestBody", "content")
        #expect(names(edit) == ["application/merge-patch+json"])
    }

    @Test(
        "describes what is really answered",
        arguments: [
            (Method.get, "/api/users", "/api/users", "200"),
            (.get, "/api/users/1", "/api/users/{id}", "200"),
            (.post, "/api/users", "/api/users", "201"),
            (.patch, "/api/users/1", "/api/users/{id}", "200"),
            (.patch, "/api/users/x", "/api/users/{id}", "428"),
        ])
    func live(_ method: Method, _ target: String, _ path: String, _ status: String) async throws {
        var fields = Fields.token("finn")
        if status != "428" { fields[.ifMatch] = "*" }
        let answer = try await forum.send(method, target, fields, body: #"{"name":"finn"}"#)
        #expect("\(answer.status.code)" == status)
        let document = try await document()
        let name = "\(method.name)".lowercased()
        let content = at(document, "paths", path, name, "responses", status, "content")
        let type = answer.fields[.contentType]?.prefix { $0 != ";" }
        let schema = try #require(content.flatMap { at($0, String(type ?? ""), "schema") })
        let check = SchemaCheck(document)
        #expect(check.faults(try JSONValue.parse(answer.body), schema) == [])
    }

    @Test("and the check would notice if it were otherwise")
    func checked() async throws {
        let document = try await document()
        let check = SchemaCheck(document)
        let schema = try #require(check.resolve("#/components/schemas/Member"))
        let wrong = try JSONValue.parse(
            #"{"id":0,"name":1,"badge":{},"badges":[{"title":null}],"x":1}"# as ByteString)
        #expect(
            check.faults(wrong, schema) == [
                " lacks friends", "/id is below 1", "/name is no string",
                "/badge lacks title", "/badge is no null", "/badges/0/title is no string",
                "/x is not described",
            ])
    }

    @Test("two types of one name keep apart")
    func sameName() throws {
        struct Outer {
            struct Item: JSONRecord {
                static let members: [JSONMember<Self>] = [.bool("a") { _ in true }]
            }
        }
        struct Other {
            struct Item: JSONRecord {
                static let members: [JSONMember<Self>] = [.bool("b") { _ in true }]
            }
        }
        let module = TestModule([
            .get("/a") { _ in Response.noContent }.documented("", answers: .one(Outer.Item.self)),
            .get("/b") { _ in Response.noContent }.documented("", answers: .one(Other.Item.self)),
            .get("/c") { _ in Response.noContent }.documented("", answers: .list(Outer.Item.self)),
        ])
        let document = try JSONValue.parse(OpenAPI.document([module], title: "t"))
        #expect(names(at(document, "components", "schemas")) == ["Item", "Item2", "Problem"])
    }

    @Test("is answered from memory, with a tag")
    func tagged() async throws {
        let first = try await forum.get("/api/users/openapi.json")
        #expect(first.fields[.contentType] == "application/json; charset=utf-8")
        let tag = try #require(first.fields[.etag])
        let held = try await forum.get("/api/users/openapi.json", [.ifNoneMatch: tag])
        #expect(held.status == .notModified)
    }

    private func parameters(_ operation: JSONValue?, in place: String) -> [String] {
        guard case .array(let parameters)? = operation?["parameters"] else { return [] }
        return parameters.compactMap { parameter in
            guard parameter["in"] == .string(place), case .string(let name)? = parameter["name"]
            else { return nil }
            return name
        }
    }

    private func text(_ value: JSONValue?) -> String {
        var writer = JSONWriter()
        writer.value(value ?? .null)
        return writer.finish().text
    }
}
