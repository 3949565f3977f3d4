import Bytes
import Gateway
import Glibc
import HTTPClient
import Reactor
import Synchronization
import Testing

@Suite struct FailureTests {
    private func impatient(_ milliseconds: Int = 100) -> TestGateway.Options {
        var options = TestGateway.Options()
        options.timeouts.firstByteMilliseconds = milliseconds
        options.timeouts.idleMilliseconds = milliseconds
        return options
    }

    @Test("a target that refuses the connection is followed by another, for every method")
    func connectFailure() async throws {
        let alive = try ScriptedTarget.answering { answer($0.text) }
        let gateway = try await TestGateway([("users", [try deadPort(), alive.address])])
        for _ in 0..<4 { #expect(try await gateway.get("/users")?.status == 200) }
        let posted = try await gateway.client { connection in
            connection.send("POST /users HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nbody")
            return connection.message()
        }
        #expect(posted?.text == "body")
    }

    @Test("a body that arrived while a connection failed is sent to the next target whole")
    func replaysBody() async throws {
        let alive = try ScriptedTarget.answering { answer("\($0.body.count)") }
        let gateway = try await TestGateway([
            ("users", [try deadPort(), try deadPort(), alive.address])
        ])
        let size = 3_000_000
        let response = try await gateway.client { connection in
            connection.send("POST /users HTTP/1.1\r\nHost: x\r\nContent-Length: \(size)\r\n\r\n")
            connection.send([UInt8](repeating: 7, count: size))
            return connection.message()
        }
        #expect(response?.text == "\(size)")
    }

    @Test("when no target can be reached, the answer names service, rule and attempts")
    func unavailable() async throws {
        let gateway = try await TestGateway([("users", [try deadPort(), try deadPort()])])
        let response = try #require(try await gateway.get("/users/1"))
        #expect(response.status == 503)
        #expect(response["content-type"] == "application/problem+json")
        #expect(response["retry-after"] == "2")
        #expect(
            response.text.hasPrefix(
                """
                {"type":"/problems/service-unavailable","title":"users is unavailable",\
                "status":503,"detail":"2 of 2 targets healthy","service":"users",\
                "rule":"priority 1 /users*","attempts":2,"trace":"
                """))
    }

    @Test("three targets are tried at most")
    func attemptsMax() async throws {
        let dead = try (0..<5).map { _ in try deadPort() }
        let gateway = try await TestGateway([("users", dead)])
        #expect(try await gateway.get("/users")?.text.contains("\"attempts\":3") == true)
    }

    @Test("a group without targets is answered at once")
    func noTargets() async throws {
        let gateway = try await TestGateway([("users", [])])
        let response = try #require(try await gateway.get("/users"))
        #expect(response.status == 503)
        #expect(response.text.contains("\"detail\":\"no target is registered\""))
        #expect(response.text.contains("\"attempts\":0"))
    }

    @Test("the trace of a problem is the request's")
    func trace() async throws {
        let gateway = try await TestGateway([("users", [])])
        let id = "0af7651916cd43dd8448eb211c80319c"
        let response = try await gateway.get(
            "/users", "Traceparent: 00-\(id)-b7ad6b7169203331-01")
        #expect(response?.text.contains("\"trace\":\"\(id)\"") == true)
    }

    @Test("a kept connection that breaks under an idempotent request is forgiven once")
    func reuseRace() async throws {
        let target = try ScriptedTarget { connection, number in
            guard connection.message() != nil else { return }
            connection.send(answer("\(number)"))
            _ = connection.message()
        }
        let gateway = try await TestGateway(target)
        var answers: [String?] = []
        for _ in 0..<4 { answers.append(try await gateway.get("/users")?.text) }
        #expect(answers == ["0", "1", "2", "3"])
    }

    @Test("a POST that breaks on a kept connection is delivered once and answered with 502")
    func reuseRacePost() async throws {
        let posts = Counted()
        let target = try ScriptedTarget { connection, _ in
            while let request = connection.message() {
                guard request.start.hasPrefix("GET") else { return posts.add() }
                connection.send(answer("x"))
            }
        }
        let gateway = try await TestGateway(target)
        #expect(try await gateway.get("/users")?.status == 200)
        let response = try await gateway.client { connection in
            connection.send("POST /users HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\nx")
            return connection.message()
        }
        #expect(response?.status == 502 && posts.count == 1)
    }

    @Test("a fresh connection that breaks is not forgiven: the target may have begun")
    func freshBreaks() async throws {
        let requests = Counted()
        let target = try ScriptedTarget { connection, _ in
            _ = connection.message()
            requests.add()
            connection.resetOnClose()
        }
        let gateway = try await TestGateway(target)
        let response = try #require(try await gateway.get("/users"))
        #expect(response.status == 502 && requests.count == 1)
        #expect(response.text.contains("\"type\":\"/problems/bad-gateway\""))
        #expect(response.text.contains("\"attempts\":1"))
    }

    @Test(
        "an answer that is not HTTP is 502",
        arguments: [
            "SSH-2.0-x\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
            "HTTP/1.1 200 OK\nX: 1\n\n", "HTTP/1.1 99 OK\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, x\r\n\r\n",
            "HTTP/1.1 200 OK\r\nX: \(String(repeating: "a", count: 70_000))\r\n\r\n",
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
        ])
    func malformedAnswer(text: String) async throws {
        let target = try ScriptedTarget { connection, _ in
            _ = connection.message()
            connection.send(text)
            _ = connection.message()
        }
        let gateway = try await TestGateway(target)
        #expect(try await gateway.get("/users")?.status == 502)
    }

    @Test("a target that does not answer in time is 504, and its connection is closed")
    func timeout() async throws {
        let target = try ScriptedTarget { connection, _ in
            _ = connection.message()
            _ = connection.message()
        }
        let gateway = try await TestGateway(target, impatient())
        let response = try #require(try await gateway.get("/users"))
        #expect(response.status == 504)
        #expect(response.text.contains("\"type\":\"/problems/gateway-timeout\""))
        #expect(try await gateway.get("/users")?.status == 504)
        #expect(target.connections == 2)
    }

    @Test("an answer that breaks off is cut for the client too, not made to look whole")
    func brokenAnswer() async throws {
        let target = try ScriptedTarget { connection, _ in
            _ = connection.message()
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
        }
        let gateway = try await TestGateway(target)
        let isWhole = try await gateway.client { connection in
            connection.send("GET /users HTTP/1.1\r\nHost: x\r\n\r\n")
            return connection.message() != nil
        }
        #expect(!isWhole)
    }

    @Test("a chunked answer that breaks off does not get its last chunk")
    func brokenChunks() async throws {
        let target = try ScriptedTarget { connection, _ in
            _ = connection.message()
            connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n")
        }
        let gateway = try await TestGateway(target)
        let isWhole = try await gateway.client { connection in
            connection.send("GET /users HTTP/1.1\r\nHost: x\r\n\r\n")
            return connection.message() != nil
        }
        #expect(!isWhole)
    }

    @Test("a client that goes away takes its request to the target with it")
    func clientAbort() async throws {
        let ended = Signal()
        let target = try ScriptedTarget { connection, _ in
            _ = connection.message()
            if connection.isEnded() { ended.raise() }
        }
        let gateway = try await TestGateway(target)
        try await gateway.client { connection in
            connection.send("GET /users HTTP/1.1\r\nHost: x\r\n\r\n")
            while target.connections == 0 { sched_yield() }
        }
        await ended.raised()
    }

    @Test("a client that goes away in the middle of an answer takes the rest with it")
    func clientAbortInAnswer() async throws {
        let ended = Signal()
        let target = try ScriptedTarget { connection, _ in
            _ = connection.message()
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n")
            let piece = [UInt8](repeating: 1, count: 1 << 16)
            while connection.send(piece) == piece.count {}
            ended.raise()
        }
        let gateway = try await TestGateway(target)
        try await gateway.client { connection in
            connection.send("GET /users HTTP/1.1\r\nHost: x\r\n\r\n")
            _ = connection.take(until: "\r\n\r\n")
        }
        await ended.raised()
    }

    @Test("an early answer reaches a client in the middle of its upload")
    func earlyAnswer() async throws {
        let target = try ScriptedTarget { connection, _ in
            _ = connection.take(until: "\r\n\r\n")
            connection.send(answer("too much", status: "413 Content Too Large"))
            _ = connection.isEnded()
        }
        let gateway = try await TestGateway(target)
        let response = try await gateway.client { connection in
            connection.send("POST /users HTTP/1.1\r\nHost: x\r\nContent-Length: 400000\r\n\r\n")
            connection.send([UInt8](repeating: 7, count: 200_000))
            return connection.message()
        }
        #expect(response?.status == 413 && response?.text == "too much")
        #expect(response?["connection"] == "close")
    }
}

/// Counts from any thread.
final class Counted: Sendable {
    private let value = Mutex(0)

    var count: Int { value.withLock { $0 } }
    func add() { value.withLock { $0 += 1 } }
}

/// Something that happens once, on any thread, and that a task waits for.
final class Signal: Sendable {
    private let state = Mutex<(isRaised: Bool, waiting: [CheckedContinuation<Void, Never>])>(
        (false, []))

    var isRaised: Bool { state.withLock { $0.isRaised } }

    func raise() {
        let waiting = state.withLock { state in
            state.isRaised = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    func raised() async {
        await withCheckedContinuation { continuation in
            let isRaised = state.withLock { state in
                if !state.isRaised { state.waiting.append(continuation) }
                return state.isRaised
            }
            if isRaised { continuation.resume() }
        }
    }
}
