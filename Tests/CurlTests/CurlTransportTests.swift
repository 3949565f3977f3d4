import Bytes
import Foundation
import HTTP
import Synchronization
import Testing

@testable import Curl

/// The error that sending ends in.
func fault(
    _ transport: CurlTransport, _ request: ClientRequest = ClientRequest(.get, "/")
) async -> TransportError? {
    do {
        let answer = try await transport.send(request)
        Issue.record("an answer came: \(answer.status.code)")
        return nil
    } catch {
        return error
    }
}

@Suite("CurlTransport", .timeLimit(.minutes(5)))
struct CurlTransportTests {
    @Test("the request arrives as it was given: no field is added, no target is tidied")
    func requestAsGiven() async throws {
        let server = RawServer { peer in peer.answer(peer.read()) }
        let transport = try #require(CurlTransport(server.origin))
        let request = ClientRequest(
            .get, "//a/./b/../c?x=%2F|{}", fields: ["X-One": "1", "X-Empty": "", "x-one": "2"])
        #expect(
            try await transport.send(request).body.text == """
                GET //a/./b/../c?x=%2F|{} HTTP/1.1\r\nHost: 127.0.0.1:\(server.port)\r\n\
                X-One: 1\r\nX-Empty:\r\nx-one: 2\r\n\r\n
                """)
    }

    @Test(
        "every method is sent by its name",
        arguments: [HTTP.Method.get, .put, .patch, .delete, .options])
    func methods(method: HTTP.Method) async throws {
        let server = RawServer { peer in peer.answer(peer.read()) }
        let transport = try #require(CurlTransport(server.origin))
        let body = try await transport.send(ClientRequest(method, "*")).body.text
        #expect(body.hasPrefix("\(method.name) * HTTP/1.1\r\n"))
    }

    @Test("a body is sent with its length, and with its bytes as they are")
    func body() async throws {
        let server = RawServer { peer in
            let head = peer.read()
            peer.answer(head.contains("Content-Length: 5\r\n") ? peer.read(5) : head)
        }
        let transport = try #require(CurlTransport(server.origin))
        let request = ClientRequest(.post, "/", body: ByteString([0x41, 0x0d, 0x0a, 0x25, 0x42]))
        #expect(try await transport.send(request).body.text == "A\r\n%B")
    }

    @Test("a POST without a body says so")
    func emptyBody() async throws {
        let server = RawServer { peer in peer.answer(peer.read()) }
        let transport = try #require(CurlTransport(server.origin))
        let head = try await transport.send(ClientRequest(.post, "/")).body.text
        #expect(head.contains("\r\nContent-Length: 0\r\n"))
        #expect(!head.contains("Content-Type"))
    }

    @Test("the answer comes whole: status, fields in order and bytes")
    func answer() async throws {
        let server = RawServer { peer in
            _ = peer.read()
            peer.answer("nö", status: "404 Nope", fields: "Link: a\r\nlink:  b \r\nX: \r\n")
        }
        let transport = try #require(CurlTransport(server.origin))
        let answer = try await transport.send(ClientRequest(.get, "/"))
        #expect(answer.status == .notFound)
        #expect(answer.fields.values(.link) == ["a", "b"])
        #expect(answer.fields["X"] == "")
        #expect(answer.body.text == "nö")
    }

    @Test("an answer in chunks after an interim one is one answer, its trailers left out")
    func chunkedAnswer() async throws {
        let server = RawServer { peer in
            _ = peer.read()
            peer.write("HTTP/1.1 103 Early Hints\r\nLink: early\r\n\r\n")
            peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            peer.chunk("ab")
            peer.chunk("c")
            peer.write("0\r\nX-Trailer: t\r\n\r\n")
        }
        let transport = try #require(CurlTransport(server.origin))
        let answer = try await transport.send(ClientRequest(.get, "/"))
        #expect(answer.status == .ok)
        #expect(answer.body.text == "abc")
        #expect(answer.fields[.link] == nil)
        #expect(answer.fields["X-Trailer"] == nil)
    }

    @Test("answers that have no body do not wait for one")
    func noBody() async throws {
        let server = RawServer { peer in
            while case let head = peer.read(), !head.isEmpty {
                let status = head.hasPrefix("HEAD") ? "200 OK" : "304 Not Modified"
                peer.write("HTTP/1.1 \(status)\r\nContent-Length: 9\r\n\r\n")
            }
        }
        let transport = try #require(CurlTransport(server.origin))
        let head = try await transport.send(ClientRequest(.head, "/"))
        #expect(head.fields[.contentLength] == "9")
        #expect(head.body.isEmpty)
        #expect(try await transport.send(ClientRequest(.get, "/")).status == .notModified)
    }

    @Test("a connection is used again, unless the options say otherwise", arguments: [false, true])
    func keepAlive(closes: Bool) async throws {
        let server = RawServer { peer in
            while case let head = peer.read(), !head.isEmpty { peer.answer("ok") }
        }
        var options = CurlOptions()
        options.closesConnections = closes
        let transport = try #require(CurlTransport(server.origin, options: options))
        for _ in 0..<3 { _ = try await transport.send(ClientRequest(.get, "/")) }
        #expect(server.connections == (closes ? 3 : 1))
    }

    @Test("a hundred requests at once all come back with their own answers")
    func concurrent() async throws {
        let server = RawServer { peer in
            while case let head = peer.read(), !head.isEmpty {
                peer.answer(String(head.split(separator: " ")[1]))
            }
        }
        let transport = try #require(CurlTransport(server.origin))
        let right = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<100 {
                group.addTask {
                    let answer = try await transport.send(ClientRequest(.get, "/\(number)"))
                    return answer.body.text == "/\(number)"
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(right == 100)
    }

    @Test("a refused connection is known as such, and safe to try again")
    func refused() async throws {
        let transport = try #require(CurlTransport("http://127.0.0.1:\(RawServer.unusedPort())"))
        let found = try #require(await fault(transport))
        #expect("\(found.code)" == "connect-refused")
        #expect(found.isRetryable)
        #expect(found.source == .upstream)
    }

    @Test("a silent server is a timeout, and not safe to try again")
    func timeout() async throws {
        let server = RawServer { peer in
            _ = peer.read()
            _ = peer.read()
        }
        let transport = try #require(CurlTransport(server.origin))
        let request = ClientRequest(.get, "/", timeoutMilliseconds: 50)
        let found = try #require(await fault(transport, request))
        #expect("\(found.code)" == "timeout")
        #expect(!found.isRetryable)
    }

    @Test(
        "what goes wrong with an answer has a name of its own",
        arguments: [
            ("", false, "closed-early"),
            ("", true, "reset"),
            ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab", false, "answer-cut"),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab", false, "answer-cut"),
            ("SSH-2.0-OpenSSH_9.2\r\n\r\n", false, "malformed-answer"),
        ])
    func broken(text: String, resets: Bool, code: String) async throws {
        let server = RawServer { peer in
            _ = peer.read()
            peer.write(text)
            if resets { peer.reset() }
        }
        var options = CurlOptions()
        options.closesConnections = true
        let transport = try #require(CurlTransport(server.origin, options: options))
        let found = try #require(await fault(transport))
        #expect("\(found.code)" == code)
        #expect(!found.isRetryable)
        #expect(!found.detail.isEmpty)
    }

    @Test("an answer larger than the limit is given up")
    func tooLarge() async throws {
        let server = RawServer { peer in
            _ = peer.read()
            peer.answer(String(repeating: "x", count: 1001))
        }
        var options = CurlOptions()
        options.answerBytesMax = 1000
        let transport = try #require(CurlTransport(server.origin, options: options))
        #expect(
            try #require(await fault(transport)).detail == "the answer has more than 1000 bytes")
    }

    @Test("a head larger than the limit is given up")
    func headTooLarge() async throws {
        let server = RawServer { peer in
            _ = peer.read()
            let line = "X: \(String(repeating: "x", count: 1000))\r\n"
            peer.answer("", fields: String(repeating: line, count: 10))
        }
        var options = CurlOptions()
        options.headBytesMax = 5000
        let transport = try #require(CurlTransport(server.origin, options: options))
        #expect(try #require(await fault(transport)).source == .upstream)
    }

    @Test("a task that is cancelled gives up its request, and the next one works")
    func cancelled() async throws {
        let (arrived, arrival) = AsyncStream.makeStream(of: Void.self)
        let server = RawServer { peer in
            let head = peer.read()
            if head.hasPrefix("GET /slow") {
                arrival.yield()
                _ = peer.read()
            } else {
                peer.answer("ok")
            }
        }
        let transport = try #require(CurlTransport(server.origin))
        let slow = Task { await fault(transport, ClientRequest(.get, "/slow")) }
        for await _ in arrived { break }
        slow.cancel()
        #expect(try "\(#require(await slow.value).code)" == "cancelled")
        #expect(try await transport.send(ClientRequest(.get, "/")).body.text == "ok")
    }

    @Test(
        "what would smuggle a second request is never sent",
        arguments: ["/a b", "/a\r\nX: y", "", "/a\u{0}"])
    func badTargets(target: String) async throws {
        let server = RawServer { $0.answer("") }
        let transport = try #require(CurlTransport(server.origin))
        let first = try #require(await fault(transport, ClientRequest(.get, target)))
        #expect("\(first.code)" == "bad-request")
        let field = ClientRequest(.get, "/", fields: ["X": "a\r\nY: b"])
        #expect(try "\(#require(await fault(transport, field)).code)" == "bad-request")
        #expect(server.connections == 0)
    }

    @Test(
        "an origin is a scheme, a host and a port",
        arguments: [
            ("http://127.0.0.1:8080", true), ("http://127.0.0.1:8080/", true),
            ("https://example.org", true), ("http://[::1]:80", true), ("ftp://a", false),
            ("http://", false), ("http://a/b", false), ("http://a b", false), ("a:80", false),
            ("http://user@a", false), ("http://a?b", false),
        ])
    func origins(text: String, isGood: Bool) {
        #expect((CurlOrigin(text) != nil) == isGood)
    }
}
