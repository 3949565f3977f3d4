import Bytes
import HTTP
import Routing
import Testing

private struct Failure: Error {}

@Suite("The loopback transport")
struct LoopbackTests {
    private let forum = Forum([
        .get("/api/users") { request in
            Response.text("\(request[.accept] ?? "-") \(request.context.trace.traceText)")
        },
        .get("/api/users/lines") { _ in
            Response(
                .ok,
                body: .stream { writer in
                    try await writer.write("a\n")
                    try await writer.write("b\n")
                })
        },
        .get("/api/users/cut") { _ in
            Response(
                .ok,
                body: .stream { writer in
                    try await writer.write("a")
                    throw Failure()
                })
        },
        .post("/api/users", .repeatable) { request in Response.text("<\(request.body.bytes.text)>")
        },
        .delete("/api/users") { _ in Response(.noContent, body: .bytes("never seen")) },
    ])

    @Test("fields and trace of the request arrive")
    func fields() async throws {
        let response = try await forum.get(
            "/api/users",
            [
                .accept: "text/plain",
                .traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00",
            ])
        #expect(response.body.text == "text/plain 4bf92f3577b34da6a3ce929d0e0e4736")
        #expect(response.fields[.contentLength] == "\(response.body.count)")
    }

    @Test("a streamed answer comes back whole")
    func streamed() async throws {
        let response = try await forum.get("/api/users/lines")
        #expect(response.body.text == "a\nb\n")
        #expect(response.fields[.transferEncoding] == "chunked")
    }

    @Test("an answer that breaks off is an error, not a shorter answer")
    func cut() async throws {
        let error = await #expect(throws: TransportError.self) {
            try await forum.get("/api/users/cut")
        }
        #expect(error.map { "\($0.code)" } == "answer-cut")
        #expect(error?.isRetryable == false)
    }

    @Test("a POST without content has an empty body")
    func empty() async throws {
        #expect(try await forum.post("/api/users", "").body.text == "<>")
        #expect(try await forum.post("/api/users", "é").body.text == "<é>")
    }

    @Test("an answer whose status forbids content has none")
    func noContent() async throws {
        let response = try await forum.send(.delete, "/api/users")
        #expect(response.body.isEmpty)
        #expect(response.fields[.contentLength] == nil)
    }

    @Test("what a socket would refuse is refused here")
    func refused() async throws {
        let two = try await forum.get("/api/users", ["Host": "a b"])
        #expect(two.status == .badRequest)
        #expect(two.verdict == "malformed")
        let long = try await forum.get("/api/users?\(String(repeating: "x", count: 20_000))")
        #expect(long.status == .uriTooLong)
        #expect(long.verdict == "about:blank")
    }

    @Test("a streamed body above its limit stops in the hands of its reader")
    func streamLimit() async throws {
        var limits = HTTPLimits()
        limits.streamedBodyBytesMax = 10
        let router = Router(
            [
                TestModule([
                    .stream(.post, "/api/users/bulk") { request in
                        guard case .stream(let source) = request.body else { throw Failure() }
                        while try await source.next() != nil {}
                        return Response.noContent
                    }
                ])
            ], onUnexpected: Reports().report)
        let transport = LoopbackTransport(router, limits: limits)
        let short = ClientRequest(.post, "/api/users/bulk", body: "1234567890")
        #expect(try await transport.send(short).status == .noContent)
        let long = ClientRequest(.post, "/api/users/bulk", body: "12345678901")
        #expect(try await transport.send(long).verdict == "too-large")
    }
}
