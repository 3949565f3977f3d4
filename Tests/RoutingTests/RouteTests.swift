import Bytes
import HTTP
import JSON
import Routing
import Testing

@Suite("How a route is run")
struct RouteTests {
    private func plan(_ router: Router, _ text: String) throws -> ResponsePlan {
        var scanned = 0
        let head = try ByteString("\(text) HTTP/1.1\r\nHost: a\r\n\r\n").withBytes {
            try RequestParser.parse(
                $0, scanned: &scanned, limits: HTTPLimits(), into: HeadStorage())
        }
        return router.plan(try #require(head), LoopbackTransport.fixedContext(nil))
    }

    private func router(_ routes: [Route]) -> Router {
        Router([TestModule(routes)], onUnexpected: Reports().report)
    }

    private struct Service: Sendable {
        func now(_ request: borrowing Request) throws -> User { User(id: ID(1), username: "a") }
        func later(_ request: borrowing Request) async throws -> User {
            User(id: ID(1), username: "a")
        }
        var routes: [Route] {
            [
                .get("/now", now),
                .get("/later", later),
                .post("/now", .repeatable, now),
                .post("/later", .repeatable, later),
                .stream(.post, "/stream", later),
            ]
        }
    }

    @Test("a sync read is answered at once, everything else is called later")
    func plans() throws {
        let router = router(Service().routes)
        guard case .respond = try plan(router, "GET /now"),
            case .collect(let bytesMax, _) = try plan(router, "POST /now"),
            case .collect = try plan(router, "GET /later"),
            case .collect = try plan(router, "POST /later"),
            case .stream = try plan(router, "POST /stream"),
            case .respond = try plan(router, "PUT /now"),
            case .respond = try plan(router, "GET /nowhere")
        else {
            Issue.record("another plan was made")
            return
        }
        #expect(bytesMax == RoutingLimits.bodyBytesMax)
    }

    @Test("a body larger than its route takes is refused with 413")
    func limit() async throws {
        let forum = Forum([
            .post("/api/users", .repeatable, bodyBytesMax: 10) { request in
                Response.text(request.body.bytes.text)
            }
        ])
        #expect(try await forum.post("/api/users", "[12345678]").body.text == "[12345678]")
        let response = try await forum.post("/api/users", "[123456789]")
        #expect(response.verdict == "too-large")
        #expect(response.status == .contentTooLarge)
    }

    @Test("a streamed body arrives in pieces, whole")
    func stream() async throws {
        let forum = Forum([
            .stream(.post, "/api/users/bulk") { request in
                guard case .stream(let source) = request.body else {
                    return Response.text("no stream")
                }
                var bytes = 0
                var pieces = 0
                while let piece = try await source.next() {
                    bytes += piece.count
                    pieces += 1
                }
                return Response.text("\(bytes) \(pieces > 1)")
            }
        ])
        let body = String(repeating: "x", count: 100_000)
        #expect(try await forum.post("/api/users/bulk", body).body.text == "100000 true")
    }

    @Test(
        "a JSON route takes JSON and requests that do not say what they bring",
        arguments: [
            (nil, "200"), ("application/json", "200"), ("Application/JSON", "200"),
            ("application/json; charset=utf-8", "200"),
            ("application/json;charset=\"UTF-8\"", "200"),
            ("application/merge-patch+json", "200"), ("application/json ; a=b", "200"),
            ("application/json; charset=latin1", "unsupported-media-type"),
            ("application/x-www-form-urlencoded", "unsupported-media-type"),
            ("text/plain", "unsupported-media-type"), ("", "unsupported-media-type"),
            ("application/jsonx", "unsupported-media-type"),
        ] as [(String?, String)])
    func media(_ type: String?, _ verdict: String) async throws {
        let forum = Forum([.post("/api/users", .repeatable) { _ in Response.text("ok") }])
        var fields = Fields()
        fields[.contentType] = type
        #expect(try await forum.post("/api/users", "{}", fields).verdict == verdict)
    }

    @Test("a body in a coding is refused, none is decoded here")
    func coding() async throws {
        let forum = Forum([.post("/api/users", .repeatable) { _ in Response.text("ok") }])
        let gzip: Fields = ["Content-Encoding": "gzip"]
        #expect(try await forum.post("/api/users", "{}", gzip).verdict == "unsupported-media-type")
        let identity: Fields = ["Content-Encoding": "identity"]
        #expect(try await forum.post("/api/users", "{}", identity).verdict == "200")
    }

    @Test("a route of lines takes lines and JSON")
    func lines() async throws {
        let forum = Forum([
            .stream(.post, "/api/users/bulk", media: .lines) { _ in Response.text("ok") }
        ])
        for type in ["application/x-ndjson", "application/json"] {
            let response = try await forum.post("/api/users/bulk", "{}", [.contentType: type])
            #expect(response.verdict == "200")
        }
    }

    @Test(
        "a key that is none is malformed",
        arguments: [
            ([""], "malformed"), (["a b"], "malformed"), (["é"], "malformed"),
            (["a", "a"], "malformed"), ([String(repeating: "k", count: 256)], "malformed"),
            ([String(repeating: "k", count: 255)], "200"), (["\"8e03978e\""], "200"), ([], "200"),
        ])
    func keys(_ keys: [String], _ verdict: String) async throws {
        let forum = Forum([
            .post("/api/users", .repeatable) { _ in Response.text("ok") },
            .post("/api/users/kept") { _ in KeyedAnswer(.text("ok")) },
        ])
        var fields = Fields()
        for key in keys { fields.append(.idempotencyKey, key) }
        #expect(try await forum.post("/api/users", "{}", fields).verdict == verdict)
        #expect(try await forum.post("/api/users/kept", "{}", fields).verdict == verdict)
    }

    @Test("a stream, which nobody keeps, refuses a key openly unless it is repeatable")
    func keyedStreams() async throws {
        let forum = Forum([
            .stream(.post, "/api/users/bulk") { _ in Response.text("ok") },
            .stream(.put, "/api/users/bulk") { _ in Response.text("ok") },
            .stream(.post, "/api/users/files", .repeatable) { _ in Response.text("ok") },
        ])
        let key: Fields = [.idempotencyKey: "k"]
        #expect(try await forum.post("/api/users/bulk", "", key).verdict == "malformed")
        #expect(try await forum.post("/api/users/bulk", "", [:]).verdict == "200")
        #expect(try await forum.post("/api/users/files", "", key).verdict == "200")
        #expect(try await forum.send(.put, "/api/users/bulk", key).verdict == "200")
    }
}
