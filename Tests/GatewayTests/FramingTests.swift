import Gateway
import Reactor
import Testing

/// Requests that two readers could understand differently never reach a target.
@Suite struct FramingTests {
    struct Bad: CustomTestStringConvertible, Sendable {
        let name: String
        let request: String
        let status: Int

        var testDescription: String { name }
    }

    static let cases = [
        Bad(
            name: "length and chunks",
            request: post("Content-Length: 4", "Transfer-Encoding: chunked"), status: 400),
        Bad(
            name: "two lengths", request: post("Content-Length: 4", "Content-Length: 5"),
            status: 400),
        Bad(name: "length with plus", request: post("Content-Length: +5"), status: 400),
        Bad(name: "hexadecimal length", request: post("Content-Length: 0x5"), status: 400),
        Bad(name: "negative length", request: post("Content-Length: -1"), status: 400),
        Bad(name: "list of lengths", request: post("Content-Length: 4, 5"), status: 400),
        Bad(name: "bare line feeds", request: "GET /users HTTP/1.1\nHost: x\n\n", status: 400),
        Bad(name: "folded field", request: get("X: a\r\n b"), status: 400),
        Bad(
            name: "chunked twice", request: post("Transfer-Encoding: chunked, chunked"), status: 400
        ),
        Bad(
            name: "chunked not last", request: post("Transfer-Encoding: chunked, identity"),
            status: 400),
        Bad(name: "unknown coding", request: post("Transfer-Encoding: gzip, chunked"), status: 501),
        Bad(
            name: "chunks in HTTP/1.0",
            request:
                "POST /users HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            status: 400),
        Bad(name: "NUL in a value", request: get("X: a\u{0}b"), status: 400),
        Bad(name: "blank before colon", request: get("X : a"), status: 400),
        Bad(name: "no host", request: "GET /users HTTP/1.1\r\n\r\n", status: 400),
        Bad(name: "two hosts", request: get("Host: y"), status: 400),
        Bad(
            name: "bad chunk size", request: post("Transfer-Encoding: chunked", body: "zz\r\n"),
            status: 400),
        Bad(
            name: "unknown method", request: "BREW /users HTTP/1.1\r\nHost: x\r\n\r\n",
            status: 501),
        Bad(name: "HTTP/2.0", request: "GET /users HTTP/2.0\r\nHost: x\r\n\r\n", status: 505),
        Bad(name: "TRACE", request: "TRACE /users HTTP/1.1\r\nHost: x\r\n\r\n", status: 405),
        Bad(
            name: "long target",
            request: "GET /\(String(repeating: "a", count: 20_000)) HTTP/1.1\r\nHost: x\r\n\r\n",
            status: 414),
        Bad(
            name: "long field", request: get("X: \(String(repeating: "a", count: 20_000))"),
            status: 431),
        Bad(
            name: "many fields",
            request: get(Array(repeating: "X: 1", count: 200).joined(separator: "\r\n")),
            status: 431),
    ]

    private static func get(_ field: String) -> String {
        "GET /users HTTP/1.1\r\nHost: x\r\n\(field)\r\n\r\n"
    }

    private static func post(_ fields: String..., body: String = "0\r\n\r\n") -> String {
        "POST /users HTTP/1.1\r\nHost: x\r\n\(fields.joined(separator: "\r\n"))\r\n\r\n\(body)"
    }

    @Test("a request that breaks the rules ends here with a problem", arguments: cases)
    func refused(example: Bad) async throws {
        let target = try ScriptedTarget.answering { _ in answer("reached") }
        let gateway = try await TestGateway(target)
        let (response, isEnded) = try await gateway.client { connection in
            connection.send(example.request)
            return (connection.message(), example.status == 405 || connection.isEnded())
        }
        #expect(response?.status == example.status)
        #expect(response?["content-type"] == "application/problem+json")
        #expect(isEnded)
        #expect(target.requests.isEmpty)
    }

    @Test("what hides behind a request that ends the connection is never read as a request")
    func smuggled() async throws {
        let target = try ScriptedTarget.answering { answer($0.start) }
        let gateway = try await TestGateway(target)
        let text = try await gateway.client { connection in
            connection.send(
                "POST /users HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /users/evil HTTP/1.1\r\n"
                    + "Host: x\r\n\r\n")
            return connection.readToEnd()
        }
        #expect(text?.hasPrefix("HTTP/1.1 400") == true && text?.contains("evil") == false)
        #expect(target.requests.isEmpty)
    }

    @Test(
        "paths of the services' own are not there",
        arguments: [
            "/internal/feed", "/metrics", "/healthz", "/readyz", "//internal/x", "/%69nternal",
        ])
    func privatePaths(path: String) async throws {
        let target = try ScriptedTarget.answering { _ in answer("reached") }
        let gateway = try await TestGateway(target)
        let response = try #require(try await gateway.get(path))
        #expect(response.status == 404 && response.text.contains("/problems/not-found"))
        #expect(target.requests.isEmpty)
    }

    @Test(
        "odd spellings of a path go by their bytes",
        arguments: [
            ("/users", "users"), ("/usersX", "users"), ("/topics", "topics"), ("/TOPICS", "users"),
            ("//topics", "users"), ("/%74opics", "users"), ("/topics/../users", "topics"),
        ])
    func oddPaths(path: String, group: String) async throws {
        let users = try ScriptedTarget.answering { answer("users \($0.start)") }
        let topics = try ScriptedTarget.answering { answer("topics \($0.start)") }
        let gateway = try await TestGateway([
            ("users", [users.address]), ("topics", [topics.address]),
        ])
        #expect(try await gateway.get(path)?.text == "\(group) GET \(path) HTTP/1.1")
    }
}
