import Bytes
import Gateway
import Glibc
import HTTP
import JSON
import Reactor
import Synchronization
import Telemetry
import Testing

@Suite struct LifecycleTests {
    @Test("a target that fails its checks gets no request while another passes")
    func unhealthyLeftOut() async throws {
        let well = try ScriptedTarget.answering { _ in answer("well") }
        let sick = try ScriptedTarget.answering { _ in answer("sick") }
        var options = TestGateway.Options()
        let sickPort = sick.address.port
        options.probe = { target, _ in target.address.port == sickPort ? .failed : .passed }
        let gateway = try await TestGateway(
            [("users", [well.address, sick.address])], options)
        var answers: Set<String> = []
        for _ in 0..<6 { answers.insert(try await gateway.get("/users")?.text ?? "") }
        #expect(answers == ["well"])
    }

    @Test("when all targets fail their checks, requests are tried all the same, and counted")
    func failOpen() async throws {
        let target = try ScriptedTarget.answering { _ in answer("still here") }
        var options = TestGateway.Options()
        options.probe = { _, _ in .failed }
        let gateway = try await TestGateway(target, options)
        #expect(try await gateway.get("/users")?.text == "still here")
        #expect(
            gateway.metrics.exposition().text.contains(
                "gateway_unhealthy_routing_requests_total{target_group=\"users\"} 1"))
    }

    @Test("reloads under load lose no request and keep every connection")
    func reloadUnderLoad() async throws {
        let one = try ScriptedTarget.answering { _ in answer("x") }
        let two = try ScriptedTarget.answering { _ in answer("x") }
        let gateway = try await TestGateway([("users", [one.address])])
        let isOver = Signal()
        let load = Task {
            try await gateway.client { connection in
                var statuses: [Int] = []
                while !isOver.isRaised {
                    connection.send("GET /users HTTP/1.1\r\nHost: x\r\n\r\n")
                    guard let response = connection.message() else { return statuses + [0] }
                    statuses.append(response.status)
                }
                return statuses
            }
        }
        for round in 0..<200 {
            let targets = round % 2 == 0 ? [one.address, two.address] : [one.address]
            try await gateway.apply([("users", targets)])
        }
        isOver.raise()
        let statuses = try await load.value
        #expect(!statuses.isEmpty && statuses.allSatisfy { $0 == 200 })
    }

    @Test("a listener that cannot be opened changes nothing")
    func portTaken() async throws {
        let target = try ScriptedTarget.answering { _ in answer("x") }
        let gateway = try await TestGateway(target)
        let taken = try Socket.listen(on: .loopback(0))
        let port = try taken.localAddress().port
        var configuration = try TestGateway.configuration([("users", [target.address])])
        configuration.listeners.append(
            Listener(
                address: "127.0.0.1", port: port, rules: [],
                defaultAction: .forward(targetGroup: "users")))
        await #expect(throws: SystemError.self) {
            try await gateway.gateway.apply(configuration)
        }
        #expect(try await gateway.get("/users")?.status == 200)
    }

    @Test("a request in flight at a target that has left may finish")
    func deregistered() async throws {
        let leaves = Signal()
        let target = try ScriptedTarget { connection, _ in
            _ = connection.message()
            leaves.wait()
            connection.send(answer("late but whole"))
        }
        let other = try ScriptedTarget.answering { _ in answer("other") }
        let gateway = try await TestGateway(target)
        let late = Task { try await gateway.get("/users") }
        try await blocking { while target.connections == 0 { sched_yield() } }
        try await gateway.apply([("users", [other.address])])
        #expect(try await gateway.get("/users")?.text == "other")
        leaves.raise()
        #expect(try await late.value?.text == "late but whole")
    }

    @Test("after the deregistration delay what is still in flight is cut with 502")
    func deregistrationDelay() async throws {
        let clock = ManualClock()
        var options = TestGateway.Options()
        options.clock = clock
        // No interval of health checks is so long.
        options.deregistrationMilliseconds = 31_000
        let target = try ScriptedTarget { connection, _ in
            _ = connection.message()
            _ = connection.isEnded()
        }
        let other = try ScriptedTarget.answering { _ in answer("other") }
        let gateway = try await TestGateway(target, options)
        let late = Task { try await gateway.get("/users") }
        try await blocking { while target.connections == 0 { sched_yield() } }
        try await gateway.apply([("users", [other.address])], options)
        await clock.sleeper(for: .seconds(31))
        clock.advance(by: .seconds(31))
        let response = try #require(try await late.value)
        #expect(response.status == 502 && response.text.contains("users has left"))
    }

    @Test("draining: answers say close, the listener goes, what is in flight finishes")
    func drain() async throws {
        let goes = Signal()
        let target = try ScriptedTarget { connection, _ in
            while let request = connection.message() {
                if request.start.contains("slow") { goes.wait() }
                connection.send(answer("whole"))
            }
        }
        let gateway = try await TestGateway(target)
        let slow = Task { try await gateway.get("/users/slow") }
        try await blocking { while target.connections == 0 { sched_yield() } }
        await gateway.gateway.announceClose()
        #expect(try await gateway.get("/users")?["connection"] == "close")
        let finishing = Task { await gateway.gateway.finish(withinMilliseconds: 5_000) }
        try await blocking { [address = gateway.address] in
            while let socket = try? Socket.connect(to: address) {
                var one = pollfd(fd: socket.descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&one, 1, 1_000)
                if socket.connectFailure() != 0 { return }
            }
        }
        goes.raise()
        #expect(try await slow.value?.text == "whole")
        #expect(await finishing.value == 0)
    }

    @Test("a target that cannot be reached is looked at before its interval is over")
    func suspicion() async throws {
        let probes = Counted()
        var options = TestGateway.Options()
        options.probe = { _, _ in
            probes.add()
            return probes.count == 1 ? .passed : .failed
        }
        let gateway = try await TestGateway([("users", [try deadPort()])], options)
        #expect(try await gateway.get("/users")?.text.contains("1 of 1 targets healthy") == true)
        var state = TargetHealth.State.healthy
        while state != .unhealthy {
            state = await gateway.gateway.control.standings[0].targets[0].health.state
            await Task.yield()
        }
        #expect(probes.count == 3)
        #expect(
            try await gateway.get("/users")?.text.contains(
                "0 of 1 targets healthy (Target.FailedHealthChecks)") == true)
    }
}

@Suite struct AccessLogTests {
    /// The access lines of what `use` does with a gateway in front of `target`.
    private func lines(
        _ target: ScriptedTarget, _ use: (TestGateway) async throws -> Void
    ) async throws -> [JSONValue] {
        let path = "/tmp/gateway-access-\(UInt64.random(in: 0 ... .max)).log"
        defer { unlink(path) }
        var options = TestGateway.Options()
        options.accessLog = try AccessLogFile.open(path)
        let gateway = try await TestGateway(target, options)
        try await use(gateway)
        _ = await gateway.gateway.finish(withinMilliseconds: 1_000)
        let text = try ConfigurationFile(path: path).read().text
        return try text.split(separator: "\n").map { try JSONValue.parse(ByteString("\($0)")) }
    }

    @Test("a line says who asked what, which rule and target it went to, and how that went")
    func answered() async throws {
        let target = try ScriptedTarget.answering { _ in answer("x", status: "404 Not Found") }
        let lines = try await lines(target) { gateway in
            _ = try await gateway.get("/users/7?x=\"y\"")
        }
        let line = try #require(lines.first)
        #expect(line["client"] == .string("127.0.0.1"))
        #expect(line["method"] == .string("GET"))
        #expect(line["target"] == .string("/users/7?x=\"y\""))
        #expect(line["status"] == .integer(404) && line["target_status"] == .integer(404))
        #expect(line["rule"] == .string("1") && line["target_group"] == .string("users"))
        #expect(line["target_host"] == .string(target.address.description))
        #expect(line["attempts"] == .integer(1) && line["error_reason"] == nil)
    }

    @Test("a client that went away before it was answered is 460")
    func aborted() async throws {
        let target = try ScriptedTarget { connection, _ in
            _ = connection.message()
            _ = connection.isEnded()
        }
        let lines = try await lines(target) { gateway in
            try await gateway.client { connection in
                connection.send("GET /users HTTP/1.1\r\nHost: x\r\n\r\n")
                while target.connections == 0 { sched_yield() }
            }
            while gateway.metrics.exposition().text.contains("http_server_aborted_total 0") {
                await Task.yield()
            }
        }
        #expect(lines.first?["status"] == .integer(460))
        #expect(lines.first?["error_reason"] == .string("client-closed"))
    }

    @Test("a line names why no target answered")
    func unanswered() async throws {
        let target = try ScriptedTarget { connection, _ in
            _ = connection.message()
            connection.resetOnClose()
        }
        let lines = try await lines(target) { gateway in _ = try await gateway.get("/users") }
        #expect(lines.first?["status"] == .integer(502))
        #expect(lines.first?["target_status"] == nil)
        #expect(lines.first?["error_reason"] == .string("closed-before-answer"))
    }

    @Test("a request that broke the rules has a line with its fault")
    func refused() async throws {
        let target = try ScriptedTarget.answering { _ in answer("x") }
        let lines = try await lines(target) { gateway in
            try await gateway.client { connection in
                connection.send("GET /users HTTP/1.1\r\n\r\n")
                _ = connection.message()
            }
        }
        #expect(lines.first?["status"] == .integer(400))
        #expect(lines.first?["rule"] == nil)
    }
}

@Suite struct HealthProbeTests {
    private func outcome(
        _ settings: HealthCheckSettings = HealthCheckSettings(), _ script: ScriptedTarget.Script?
    ) async throws -> TargetHealth.Outcome {
        let server = try script.map { try ScriptedTarget($0) }
        let address = try server?.address ?? deadPort()
        let loop = try EventLoop(name: "probe")
        defer { loop.stop() }
        let probe = HealthChecker.socketProbe(on: loop)
        let outcome = await probe(Target(id: "x", address: address, loops: 1), settings)
        withExtendedLifetime(server) {}
        return outcome
    }

    @Test("a probe asks as an ALB does")
    func request() async throws {
        let seen = Mutex<Message?>(nil)
        var settings = HealthCheckSettings()
        settings.path = "/readyz?deep=1"
        let outcome = try await outcome(settings) { connection, _ in
            let request = connection.message()
            seen.withLock { $0 = request }
            connection.send(answer("ok"))
        }
        #expect(outcome == .passed)
        let request = try #require(seen.withLock { $0 })
        #expect(request.start == "GET /readyz?deep=1 HTTP/1.1")
        #expect(request["user-agent"] == "ELB-HealthChecker/2.0")
        #expect(request["host"]?.hasPrefix("127.0.0.1:") == true)
        #expect(request["connection"] == "close")
    }

    @Test("a status that the matcher does not accept is a mismatch")
    func mismatch() async throws {
        let outcome = try await outcome { connection, _ in
            _ = connection.message()
            connection.send(answer("", status: "503 Service Unavailable"))
        }
        #expect(outcome == .mismatched(code: 503))
    }

    @Test("an answer in pieces counts once its head is whole, whatever 1xx came before")
    func pieces() async throws {
        let outcome = try await outcome { connection, _ in
            _ = connection.message()
            connection.send("HTTP/1.1 200 OK\r\nContent-")
            usleep(2_000)
            connection.send("Length: 100\r\n\r\n")
            _ = connection.isEnded()
        }
        #expect(outcome == .passed)
    }

    @Test("no answer in time is a timeout")
    func timeout() async throws {
        var settings = HealthCheckSettings()
        settings.timeoutMilliseconds = 50
        let outcome = try await outcome(settings) { connection, _ in _ = connection.isEnded() }
        #expect(outcome == .timedOut)
    }

    @Test("a refused connection, an early close and nonsense are failures")
    func failures() async throws {
        #expect(try await outcome(HealthCheckSettings(), nil) == .failed)
        #expect(try await outcome { connection, _ in _ = connection.message() } == .failed)
        let nonsense = try await outcome { connection, _ in
            _ = connection.message()
            connection.send("SSH-2.0-x\r\n\r\n")
        }
        #expect(nonsense == .failed)
    }
}
