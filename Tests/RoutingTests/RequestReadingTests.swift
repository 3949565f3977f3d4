import Bytes
import HTTP
import JSON
import Routing
import Testing

private enum Sort: String, CaseIterable { case id, activity }

@Suite("What handlers ask of a request")
struct RequestReadingTests {
    private let forum = Forum([
        .get("/api/users/{id}") { request in
            Response.text("\(try request.id("id", as: User.self).rawValue)")
        },
        .get("/api/users") { request in
            let query = request.query()
            let q = try query.text("q") ?? "-"
            let sort = try query.word("sort", Sort.self)?.rawValue ?? "-"
            let size = try query.integer("size", in: 1...9) ?? 0
            let user = try query.id("user", as: User.self)?.rawValue ?? 0
            return Response.text("\(q) \(sort) \(size) \(user)")
        },
        .post("/api/users", .repeatable) { request in
            Response.text(try request.decode(NewUser.self).username)
        },
    ])

    @Test(
        "a client may say how long it would wait, within bounds",
        arguments: [
            (nil, "-"), ("wait=2", "2"), ("respond-async, Wait = 2", "2"), ("wait=100", "5"),
            ("wait=\"1\";x=2", "1"), ("wait", "-"), ("wait=", "-"), ("wait=x", "-"),
            ("waiting=2", "-"), ("wait=1, wait=2", "1"), ("return=minimal;wait=2", "-"),
        ] as [(String?, String)])
    func wait(_ prefer: String?, _ expected: String) async throws {
        let forum = Forum([
            .get("/") { request in
                Response.text(request.preferredWaitSeconds(max: 5).map { "\($0)" } ?? "-")
            }
        ])
        var fields = Fields()
        fields[.prefer] = prefer
        #expect(try await forum.get("/", fields).body.text == expected)
    }

    @Test("an id in the path is a number", arguments: ["1", "42", "9007199254740992"])
    func id(_ text: String) async throws {
        #expect(try await forum.line(.get, "/api/users/\(text)") == "200 \(text)")
    }

    @Test(
        "what is no id is malformed, not unknown",
        arguments: [
            "0", "01", "1abc", "abc", "-1", "+1", "1.0", "9007199254740993", "1e3", "%31",
            "99999999999999999999999999",
        ])
    func noID(_ text: String) async throws {
        let response = try await forum.get("/api/users/\(text)")
        #expect(response.verdict == "malformed")
        #expect(response.status == .badRequest)
    }

    @Test(
        "query values are decoded",
        arguments: [
            ("", "- - 0 0"), ("?", "- - 0 0"), ("?q=a+b%2Bc%20%C3%A9", "a b+c é - 0 0"),
            ("?sort=activity&size=9&user=7&q=x", "x activity 9 7"), ("?q=", " - 0 0"),
            ("?q", " - 0 0"), ("?&&q=1&", "1 - 0 0"), ("?q=a=b", "a=b - 0 0"),
            ("?other=%ff&other=2&Q=3", "- - 0 0"),
        ])
    func query(_ query: String, _ expected: String) async throws {
        #expect(try await forum.line(.get, "/api/users\(query)") == "200 \(expected)")
    }

    @Test(
        "a known parameter that cannot be understood is malformed",
        arguments: [
            "q=%ff", "q=1&q=2", "sort=x", "sort=", "size=0", "size=10", "size=x", "size=", "user=0",
            "user=x", "size=1&size=1",
        ])
    func badQuery(_ query: String) async throws {
        #expect(try await forum.get("/api/users?\(query)").verdict == "malformed")
    }

    @Test("what is no JSON is malformed, with the byte")
    func malformed() async throws {
        let response = try await forum.post("/api/users", #"{"username":}"#)
        #expect(response.status == .badRequest)
        let detail = "body is not JSON: byte 12: this byte cannot stand here"
        #expect(try response.member("detail") == .string(detail))
    }

    @Test("an empty body is malformed too")
    func empty() async throws {
        #expect(try await forum.post("/api/users", "").verdict == "malformed")
    }

    @Test("another message than expected is not valid, with a pointer for each member")
    func invalid() async throws {
        let response = try await forum.post("/api/users", #"{"username":1,"bio":[]}"#)
        #expect(response.status == .unprocessableContent)
        guard case .array(let errors)? = try response.member("errors") else {
            Issue.record("errors are listed")
            return
        }
        #expect(errors.map { $0["pointer"] } == [.string("/username"), .string("/bio")])
        #expect(errors.map { $0["code"] } == [.string("wrong-type"), .string("wrong-type")])
    }

    @Test(
        "unknown members are faults for those who prefer strict handling",
        arguments: [
            (nil, "200"), ("handling=lenient", "200"), ("handling=strict", "validation"),
            ("return=minimal, Handling = Strict ; x=1", "validation"),
        ] as [(String?, String)])
    func strict(_ prefer: String?, _ verdict: String) async throws {
        var fields: Fields = [.contentType: "application/json"]
        fields[.prefer] = prefer
        let body = #"{"username":"finn","nick":"f"}"#
        #expect(try await forum.post("/api/users", body, fields).verdict == verdict)
    }
}
