import Bytes
import Gateway
import HTTP
import Testing

@Suite struct HopByHopTests {
    /// The names of the fields that go on.
    private func passing(_ fields: [String]) throws -> [String] {
        let head = try requestHead(fields: fields)
        let hop = HopByHop(head.storage)
        return head.storage.lines.filter { hop.passes($0) }.map { head.storage.text($0.name) }
    }

    @Test(
        "fields that belong to one hop end there",
        arguments: [
            "Connection: keep-alive", "Keep-Alive: timeout=5", "Proxy-Connection: close",
            "Proxy-Authenticate: Basic", "Proxy-Authorization: Basic eA==", "TE: trailers",
            "Trailer: X-Sum", "Upgrade: websocket", "Proxy: http://evil", "proxy-x: 1",
            "Content-Length: 0",
        ])
    func removed(field: String) throws { #expect(try passing([field]) == ["Host"]) }

    @Test(
        "all others go on",
        arguments: ["Accept: */*", "Cookie: a=b", "X-Proxy: 1", "Proxies: 1", "Authorization: x"])
    func kept(field: String) throws {
        let name = "\(field.prefix { $0 != ":" })"
        #expect(try passing([field]) == ["Host", name])
    }

    @Test("what Connection names ends here, in any case and over several fields")
    func nominated() throws {
        let fields = [
            "X-One: 1", "x-two: 2", "X-Three: 3", "Connection: close, x-ONE ,, X-Two",
            "connection:x-three",
        ]
        #expect(try passing(fields) == ["Host"])
    }

    @Test(
        "nobody strips who the client is or which request this is by naming it",
        arguments: [
            "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-IP",
            "X-Request-Id", "X-Amzn-Trace-Id", "Traceparent", "Tracestate", "Authorization",
            "Cookie", "Forwarded", "Via", "Idempotency-Key", "Content-Type",
        ])
    func protected(name: String) throws {
        #expect(try passing(["\(name): x", "Connection: \(name)"]) == ["Host", name])
    }

    @Test("naming Host does not remove it")
    func host() throws { #expect(try passing(["Connection: host"]) == ["Host"]) }
}

/// A parsed head with a Host field and `fields`.
func requestHead(
    _ line: String = "GET /api/users/1?x=y HTTP/1.1", host: String? = "forum.example",
    fields: [String] = []
) throws -> RequestHead {
    let lines = [line] + (host.map { ["Host: \($0)"] } ?? []) + fields
    let bytes = ByteString(lines.map { $0 + "\r\n" }.joined() + "\r\n")
    var scanned = 0
    let head = try bytes.withBytes {
        try RequestParser.parse($0, scanned: &scanned, limits: HTTPLimits(), into: HeadStorage())
    }
    return try #require(head)
}
