import Bytes
import Gateway
import HTTP
import Reactor
import Testing

@Suite struct UpstreamRequestTests {
    private let trace = TraceContext(high: 1, low: 2, parent: 3, sampled: true)

    private func written(_ head: RequestHead) -> String {
        let forwarded = ForwardedHeaders(
            peer: SocketAddress(address: 0x0a00_0007, port: 4_711), port: 8_080, trace: trace,
            amznTrace: AmznTrace.Identifier(seconds: 1, high: 2, low: 3))
        var buffer = ByteBuffer()
        UpstreamRequest.write(
            head, forwarded, fallbackHost: "127.0.0.1:8102", into: &buffer)
        return buffer.freeze().text
    }

    private func written(
        _ line: String = "GET /x HTTP/1.1", host: String? = "forum.example",
        _ fields: String...
    ) throws -> String {
        written(try requestHead(line, host: host, fields: fields))
    }

    @Test("a request is written anew: line, host, what passes, what this hop adds")
    func whole() throws {
        let text = try written("GET /api/users/1?x=y HTTP/1.1", "Accept:  */*  ", "X-Test: 1")
        #expect(
            text.replacing("\r\n", with: "\n") == """
                GET /api/users/1?x=y HTTP/1.1
                Host: forum.example
                Accept: */*
                X-Test: 1
                X-Forwarded-For: 10.0.0.7
                X-Forwarded-Proto: http
                X-Forwarded-Port: 8080
                X-Request-Id: 00000000000000010000000000000002
                X-Amzn-Trace-Id: Root=1-00000001-000000020000000000000003
                Traceparent: 00-00000000000000010000000000000002-0000000000000003-01


                """)
    }

    @Test("addresses received are kept in order, on one line, and the peer's comes last")
    func forwardedFor() throws {
        let text = try written(
            "GET / HTTP/1.1", "X-Forwarded-For: 1.2.3.4, 5.6.7.8", "x-forwarded-for: 9.9.9.9")
        #expect(text.contains("\r\nX-Forwarded-For: 1.2.3.4, 5.6.7.8, 9.9.9.9, 10.0.0.7\r\n"))
    }

    @Test("what a client claims about scheme, port and trace is replaced")
    func replaced() throws {
        let text = try written(
            "GET / HTTP/1.1", "X-Forwarded-Proto: https", "X-Forwarded-Port: 443",
            "Traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
        #expect(!text.contains("https") && !text.contains("443"))
        #expect(text.lowercased().components("traceparent:") == 1)
    }

    @Test("a request identifier that is fit is kept")
    func requestID() throws {
        #expect(
            try written("GET / HTTP/1.1", "X-Request-Id: a-7").contains("X-Request-Id: a-7\r\n"))
    }

    @Test(
        "a request identifier that could spoil a log line is replaced",
        arguments: ["", "a b", "a\"b", String(repeating: "x", count: 129)])
    func unfitRequestID(identifier: String) throws {
        let text = try written("GET / HTTP/1.1", "X-Request-Id: \(identifier)")
        #expect(text.contains("\r\nX-Request-Id: 00000000000000010000000000000002\r\n"))
        #expect(text.components("X-Request-Id:") == 1)
    }

    @Test("a trace state goes on with its trace only")
    func tracestate() throws {
        let parent = "Traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        #expect(
            try written("GET / HTTP/1.1", parent, "Tracestate: a=b").contains("Tracestate: a=b"))
        #expect(try !written("GET / HTTP/1.1", "Tracestate: a=b").contains("Tracestate"))
        #expect(
            try !written("GET / HTTP/1.1", "Traceparent: 00-x", "Tracestate: a=b")
                .contains("Tracestate"))
    }

    @Test(
        "the framing is one decision, said in one way",
        arguments: [
            ("POST / HTTP/1.1", "Content-Length: 5, 5", "Content-Length: 5\r\n"),
            ("POST / HTTP/1.1", "Content-Length: 005", "Content-Length: 5\r\n"),
            ("POST / HTTP/1.1", "Transfer-Encoding: CHUNKED", "Transfer-Encoding: chunked\r\n"),
            ("POST / HTTP/1.1", "X-None: 1", "Content-Length: 0\r\n"),
        ])
    func framing(line: String, field: String, expected: String) throws {
        // What the parser refuses needs no framing.
        guard let text = try? written(line, field) else { return }
        #expect(text.contains("\r\n\(expected)"))
        #expect(text.components("Content-Length") + text.components("Transfer-Encoding") == 1)
    }

    @Test("a GET without a body says nothing about one")
    func noBody() throws {
        let text = try written("GET / HTTP/1.1")
        #expect(!text.contains("Content-Length") && !text.contains("Transfer-Encoding"))
    }

    @Test("an absolute target goes on as path and Host, and its authority wins")
    func absoluteForm() throws {
        let text = try written("GET http://other.example:81/x?y HTTP/1.1")
        #expect(text.hasPrefix("GET /x?y HTTP/1.1\r\nHost: other.example:81\r\n"))
        #expect(text.components("Host:") == 1)
    }

    @Test("an absolute target without a path asks for the root")
    func absoluteFormWithoutPath() throws {
        #expect(try written("GET http://a.example HTTP/1.1").hasPrefix("GET / HTTP/1.1\r\n"))
        #expect(try written("GET http://a.example?q HTTP/1.1").hasPrefix("GET /?q HTTP/1.1\r\n"))
    }

    @Test("a question about the whole server stays one")
    func asteriskForm() throws {
        #expect(try written("OPTIONS * HTTP/1.1").hasPrefix("OPTIONS * HTTP/1.1\r\n"))
    }

    @Test("an old client that names no host gets the target's")
    func noHost() throws {
        let text = try written("GET / HTTP/1.0", host: nil)
        #expect(text.hasPrefix("GET / HTTP/1.1\r\nHost: 127.0.0.1:8102\r\n"))
    }

    @Test("an expectation is met here and not passed on")
    func expectation() throws {
        let text = try written(
            "POST / HTTP/1.1", "Expect: 100-continue", "Content-Length: 1")
        #expect(!text.contains("Expect"))
    }
}

extension String {
    /// How often `part` occurs.
    func components(_ part: String) -> Int { ranges(of: part).count }
}
