import Bytes
import HTTP
import JSON
import Routing
import Testing

private struct Unheard: Error {}

private struct DiskFull: APIErrorConvertible {
    var apiError: APIError { APIError(.storageFull, "no room for this") }
}

private struct Broken: APIErrorConvertible {
    var apiError: APIError { APIError(.internal, "page 7 of /var/lib/users.sqlite") }
}

@Suite("Problems")
struct ProblemTests {
    private func answer(
        _ error: any Error, _ forum: ((Forum) -> Void)? = nil
    ) async throws -> ClientResponse {
        try await Forum([.get("/api/users/{id}") { _ -> Response in throw error }])
            .get("/api/users/4")
    }

    @Test("a problem has its members in one order")
    func members() async throws {
        let forum = Forum([
            .get("/api/users") { _ -> Response in
                throw APIError.validation([
                    JSONComplaint(pointer: "/username", code: "taken", detail: "'finn' is in use"),
                    JSONComplaint(
                        pointer: "/password", code: "too-short", detail: "at least 10 characters"),
                ])
            }
        ])
        let response = try await forum.get(
            "/api/users?x=1",
            [.traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"])
        #expect(response.status == .unprocessableContent)
        #expect(response.fields[.contentType] == "application/problem+json")
        #expect(response.fields[.cacheControl] == "no-store")
        let expected =
            #"{"type":"/problems/validation","title":"Request is not valid","status":422,"#
            + #""detail":"2 fields need attention","instance":"/api/users","service":"users","#
            + #""trace":"4bf92f3577b34da6a3ce929d0e0e4736","errors":["#
            + #"{"pointer":"/username","code":"taken","detail":"'finn' is in use"},"#
            + #"{"pointer":"/password","code":"too-short","detail":"at least 10 characters"}]}"#
        #expect(response.body.text == expected)
    }

    @Test("the closed list of slugs has the statuses of the contract")
    func slugs() {
        let list = APIErrorCode.allCases.map { "\($0.slug) \($0.status.code)" }
        #expect(
            list == [
                "malformed 400", "cursor-mismatch 400", "unauthenticated 401", "token-expired 401",
                "invalid-credentials 401", "forbidden 403", "banned 403", "not-found 404",
                "method-not-allowed 405", "not-acceptable 406", "conflict 409",
                "idempotency-in-flight 409", "gone 410", "precondition-failed 412", "too-large 413",
                "unsupported-media-type 415", "validation 422", "idempotency-reuse 422",
                "locked 423", "precondition-required 428", "rate-limited 429",
                "headers-too-large 431", "internal 500", "bad-gateway 502",
                "service-unavailable 503", "dependency-unavailable 503", "overloaded 503",
                "storage-full 503", "gateway-timeout 504",
            ])
    }

    @Test("every 5xx says when to try again", arguments: APIErrorCode.allCases)
    func retryAfter(_ code: APIErrorCode) async throws {
        let response = try await answer(APIError(code, "x"))
        if code.status.isServerError { #expect(response.fields[.retryAfter] != nil) }
        #expect(response.status == code.status)
    }

    @Test("a 401 names a scheme")
    func scheme() async throws {
        let response = try await answer(APIError(.tokenExpired, "sign in again"))
        #expect(response.fields["WWW-Authenticate"] == "Bearer")
    }

    @Test("an error may bring fields, members and its own time to wait")
    func extras() async throws {
        var error = APIError(.rateLimited, "slow down")
        error.retryAfterSeconds = 41
        error.fields = ["RateLimit": "\"post\";r=0;t=41"]
        error.extensions = [ProblemMember("bucket", .string("post"))]
        let response = try await answer(error)
        #expect(response.fields[.retryAfter] == "41")
        #expect(response.fields["RateLimit"] == "\"post\";r=0;t=41")
        #expect(try response.member("bucket") == .string("post"))
    }

    @Test("what nobody expected is reported once and shown as nothing")
    func unexpected() async throws {
        let forum = Forum([
            .get("/api/users/{id}") { _ -> Response in throw Unheard() },
            .post("/api/users", .repeatable) { _ -> Response in throw Broken() },
        ])
        let response = try await forum.get("/api/users/4")
        #expect(response.verdict == "internal")
        #expect(!response.body.text.contains("Unheard"))
        let posted = try await forum.post("/api/users", "{}")
        #expect(posted.status == .internalServerError)
        #expect(!posted.body.text.contains("sqlite"))
        let lines = forum.reports.lines
        #expect(lines.count == 2)
        #expect(lines.first?.contains("Unheard() GET /api/users/{id} 0000") == true)
    }

    @Test("an error of another module may know its problem, and is not reported")
    func convertible() async throws {
        let forum = Forum([.get("/api/users") { _ -> Response in throw DiskFull() }])
        #expect(try await forum.get("/api/users").verdict == "storage-full")
        #expect(forum.reports.lines.isEmpty)
    }

    @Test("another service that gives no answer makes a dependency unavailable")
    func dependency() async throws {
        let error = TransportError(.upstream, "connect-refused", "no route", isRetryable: true)
        let response = try await answer(error)
        #expect(response.verdict == "dependency-unavailable")
        #expect(!response.body.text.contains("no route"))
    }

    @Test(
        "a request that breaks a rule of HTTP gets the problem of that rule",
        arguments: [
            (.badRequest, "malformed"), (.contentTooLarge, "too-large"),
            (.fieldsTooLarge, "headers-too-large"), (.requestTimeout, "about:blank"),
            (.uriTooLong, "about:blank"), (.notImplemented, "about:blank"),
        ] as [(Status, String)])
    func refused(_ status: Status, _ slug: String) {
        let router = Router([TestModule([])], onUnexpected: Reports().report)
        let fault = HTTPFault(status, "word", "what was wrong")
        let response = router.refuse(fault, nil, LoopbackTransport.fixedContext(nil))
        #expect(response.status == status)
        guard case .bytes(let body) = response.body else {
            Issue.record("a problem has a body")
            return
        }
        #expect(body.text.contains("\(slug)\""))
        #expect(body.text.contains("what was wrong"))
    }

    @Test("TRACE is refused with what is allowed")
    func trace() async throws {
        let response = try await Forum([.get("/api/users") { _ in Response.text("x") }])
            .send(.trace, "/api/users")
        #expect(response.status == .methodNotAllowed)
        #expect(response.fields[.allow] != nil)
    }

    @Test(
        "a problem names the module that owns the path, else the first",
        arguments: [
            ("/api/threads/1/x", "topics"), ("/api/threadsX", "topics"),
            ("/api/postsomething", "messages"),
            ("/api/usersX", "users"), ("/elsewhere", "users"), ("/api/thread", "users"),
            ("/API/threads", "users"),
        ])
    func service(_ path: String, _ service: String) async throws {
        let together = Forum([
            TestModule("users", prefix: "/api/users", []),
            TestModule("topics", prefix: "/api/threads", []),
            TestModule("messages", prefix: "/api/posts", []),
        ])
        let response = try await together.get(path)
        #expect(try response.member("service") == .string(service))
        let alone = Forum([TestModule(service, prefix: "/alone", [])])
        #expect(try await alone.get(path).body == response.body)
    }

    @Test("a problem about a known path names the module that has it, wherever that lies")
    func ownersOfPaths() async throws {
        let forum = Forum([
            TestModule("users", prefix: "/api/users", [.get("/") { _ in Response.text("here") }]),
            TestModule(
                "forum", prefix: "/problems/",
                [.get("/openapi.json") { _ -> Response in throw APIError(.gone, "no more") }]),
        ])
        for (method, path, service) in [
            (Method.put, "/openapi.json", "forum"), (.put, "/openapi.json/", "forum"),
            (.get, "/openapi.json", "forum"), (.put, "/", "users"),
            (.get, "/openapi.json/x", "users"), (.get, "/problems/x", "forum"),
            (.get, "/problemsolving", "users"),
        ] {
            let response = try await forum.send(method, path)
            #expect(try response.member("service") == .string(service), "\(method.name) \(path)")
        }
    }
}
