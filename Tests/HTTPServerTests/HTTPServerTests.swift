import HTTP
import HTTPServer
import Reactor
import Telemetry
import Testing

@Suite("The server on real sockets")
struct HTTPServerTests {
    private func get(_ path: String, _ fields: String = "") -> String {
        "GET \(path) HTTP/1.1\r\nHost: h\r\n\(fields)\r\n"
    }

    private func post(_ path: String, _ body: String, _ fields: String = "") -> String {
        "POST \(path) HTTP/1.1\r\nHost: h\r\nContent-Length: \(body.utf8.count)\r\n"
            + "\(fields)\r\n\(body)"
    }

    @Test("pipelined requests are answered in order, also when the first answer comes late")
    func pipelining() async throws {
        let server = try await TestServer()
        let client = try RawClient(server.address)
        client.send(
            post("/echo", "first") + get("/second") + get("/third", "Connection: close\r\n"))
        let text = try #require(client.readToEnd())
        let order = ["first", "/second", "/third"].compactMap {
            text.firstRange(of: $0)?.lowerBound
        }
        #expect(order.count == 3 && order == order.sorted())
    }

    @Test("a request sent a byte at a time is answered like any other")
    func byteByByte() async throws {
        let server = try await TestServer()
        let client = try RawClient(server.address)
        for byte in Array((post("/echo", "slow") + get("/x", "Connection: close\r\n")).utf8) {
            client.send([byte])
        }
        let text = try #require(client.readToEnd())
        #expect(text.contains("slow") && text.hasSuffix("/x"))
    }

    @Test("HEAD has the fields of GET and no body")
    func head() async throws {
        let server = try await TestServer()
        let client = try RawClient(server.address)
        client.send("HEAD /abc HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
        let text = try #require(client.readToEnd())
        #expect(text.contains("Content-Length: 4\r\n") && text.hasSuffix("\r\n\r\n"))
    }

    @Test("a client that expects 100 Continue gets it before it sends, and the answer after")
    func expectContinue() async throws {
        let server = try await TestServer()
        let client = try RawClient(server.address)
        client.send(
            "POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
        #expect(client.read(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
        client.send("ok")
        #expect(client.read(until: "ok").contains("200 OK"))
    }

    @Test("a streamed body comes back while it is still being sent, chunk by chunk")
    func streaming() async throws {
        let server = try await TestServer()
        let client = try RawClient(server.address)
        client.send(
            "POST /stream HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")
        #expect(client.read(until: "abc\r\n").contains("Transfer-Encoding: chunked"))
        client.send("3\r\ndef\r\n0\r\n\r\n")
        #expect(client.read(until: "0\r\n\r\n").contains("def"))
    }

    @Test("a body larger than every buffer is counted to the last byte")
    func largeUpload() async throws {
        let server = try await TestServer()
        let client = try RawClient(server.address)
        let count = 3_000_000
        client.send(
            "POST /count HTTP/1.1\r\nHost: h\r\nContent-Length: \(count)\r\nConnection: close\r\n\r\n"
        )
        client.send([UInt8](repeating: 7, count: count))
        #expect(try #require(client.readToEnd()).hasSuffix("\r\n\r\n\(count)"))
    }

    @Test("a body whose last piece makes its reader ask for a pause ends all the same")
    func pausedAtTheEnd() async throws {
        var limits = HTTPLimits()
        limits.inboundBytesHigh = 1
        let server = try await TestServer(limits: limits)
        let client = try RawClient(server.address)
        for count in [5, 7] {
            client.send(
                "POST /count HTTP/1.1\r\nHost: h\r\nContent-Length: \(count)\r\n\r\n")
            client.send([UInt8](repeating: 7, count: count))
            #expect(client.read(until: "\r\n\r\n\(count)").contains("200 OK"))
        }
    }

    @Test("an answer larger than the socket's buffer arrives whole")
    func largeAnswer() async throws {
        let server = try await TestServer()
        let client = try RawClient(server.address)
        client.send(get("/large", "Connection: close\r\n"))
        let text = try #require(client.readToEnd())
        #expect(text.utf8.count > 1 << 20 && text.hasSuffix("xxxx"))
    }

    @Test("an early answer reaches a client that is still sending: no reset destroys it")
    func lingeringClose() async throws {
        let server = try await TestServer()
        let client = try RawClient(server.address)
        client.send("POST /never HTTP/1.1\r\nHost: h\r\nContent-Length: 400000\r\n\r\n")
        client.send([UInt8](repeating: 1, count: 300_000))
        let text = try #require(client.readToEnd())
        #expect(text.contains("413 ") && text.contains("Connection: close"))
    }

    @Test("a body over the limit of its route is refused with 413", arguments: [true, false])
    func tooLarge(isChunked: Bool) async throws {
        let server = try await TestServer()
        let client = try RawClient(server.address)
        let body = String(repeating: "x", count: 2_000)
        client.send(
            isChunked
                ? "POST /echo HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n\(body)\r\n"
                : post("/echo", body))
        let text = try #require(client.readToEnd())
        #expect(text.hasPrefix("HTTP/1.1 413 ") && text.hasSuffix("body-too-large"))
    }

    @Test("a small unwanted body does not cost the connection")
    func unwantedBody() async throws {
        let server = try await TestServer()
        let client = try RawClient(server.address)
        client.send(post("/plain", "ignored") + get("/next", "Connection: close\r\n"))
        #expect(try #require(client.readToEnd()).hasSuffix("/next"))
    }

    @Test("a malformed request is answered with its fault, then the connection ends")
    func malformed() async throws {
        let server = try await TestServer()
        let client = try RawClient(server.address)
        client.send("GET / HTTP/1.1\r\nHost: h\r\nContent-Length: +5\r\n\r\n")
        let text = try #require(client.readToEnd())
        #expect(text.hasPrefix("HTTP/1.1 400 ") && text.contains("Connection: close"))
    }

    @Test("a head that does not arrive in time gets 408")
    func slowHead() async throws {
        var limits = HTTPLimits()
        limits.headMilliseconds = 50
        let server = try await TestServer(limits: limits)
        let client = try RawClient(server.address)
        client.send("GET / HTTP/1.1\r\nHos")
        #expect(try #require(client.readToEnd()).hasPrefix("HTTP/1.1 408 "))
    }

    @Test("a body slower than the least rate gets 408")
    func slowBody() async throws {
        var limits = HTTPLimits()
        limits.bodyGraceMilliseconds = 50
        let server = try await TestServer(limits: limits)
        let client = try RawClient(server.address)
        client.send("POST /count HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nx")
        #expect(try #require(client.readToEnd()).hasPrefix("HTTP/1.1 408 "))
    }

    @Test("an idle connection is closed without a word")
    func idle() async throws {
        var limits = HTTPLimits()
        limits.idleMilliseconds = 50
        let server = try await TestServer(limits: limits)
        let client = try RawClient(server.address)
        #expect(client.readToEnd() == "")
    }

    @Test("a client that ends its side early still gets its answer")
    func halfClose() async throws {
        let server = try await TestServer()
        let client = try RawClient(server.address)
        client.send(post("/echo", "late"))
        client.endWriting()
        #expect(try #require(client.readToEnd()).hasSuffix("late"))
    }

    @Test("an answer that breaks off is not ended properly: the client can tell")
    func brokenAnswer() async throws {
        let server = try await TestServer()
        let client = try RawClient(server.address)
        client.send(get("/broken"))
        let text = client.readToEnd()
        #expect(text.map { !$0.contains("\r\n0\r\n\r\n") } ?? true)
    }

    @Test("HTTP/1.0 gets a body without chunks and the end of the connection as its end")
    func oldClient() async throws {
        let server = try await TestServer()
        let client = try RawClient(server.address)
        client.send("POST /stream HTTP/1.0\r\nContent-Length: 3\r\n\r\nabc")
        let text = try #require(client.readToEnd())
        #expect(!text.contains("chunked") && text.hasSuffix("\r\n\r\nabc"))
    }

    @Test("one connection too many is turned away with 503")
    func tooMany() async throws {
        var limits = HTTPLimits()
        limits.connectionsMax = 1
        let server = try await TestServer(limits: limits)
        let first = try RawClient(server.address)
        first.send(get("/a"))
        _ = first.read(until: "/a")
        let second = try RawClient(server.address)
        #expect(try #require(second.readToEnd()).hasPrefix("HTTP/1.1 503 "))
    }

    @Test("draining: answers say close, idle connections end, nobody new gets in, nothing is cut")
    func drain() async throws {
        // The client is slow because its thread waits for a processor, not because it means to be.
        var limits = HTTPLimits()
        limits.bodyGraceMilliseconds = 60_000
        let server = try await TestServer(limits: limits, loops: 2)
        let busy = try RawClient(server.address)
        let idle = try RawClient(server.address)
        idle.send(get("/idle"))
        _ = idle.read(until: "/idle")
        busy.send("POST /echo HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nab")
        _ = busy.isQuiet(milliseconds: 20)
        server.server.announceClose()
        await server.server.stopListening()
        async let cut = server.server.finish(withinMilliseconds: 60_000)
        // Off the shared threads: the drain that these reads wait for needs one of them.
        #expect(await RawClient.waiting { idle.readToEnd() } == "")
        busy.send("cd")
        let text = try #require(await RawClient.waiting { busy.readToEnd() })
        #expect(text.contains("Connection: close") && text.hasSuffix("abcd"))
        #expect(await cut == 0)
    }

    @Test("a port in use is an error, not a shared port")
    func portInUse() async throws {
        let server = try await TestServer()
        await #expect(throws: SystemError.self) {
            _ = try await HTTPServer(
                on: server.address, group: server.group, metrics: ServerMetrics(Metrics()),
                responder: Echo())
        }
    }
}
