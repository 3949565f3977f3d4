import Testing

@testable import LoadEngine

/// Real sockets; one run at a time, for the figures of two would disturb each other.
@Suite(.serialized) struct LoadRunTests {
    private func run(
        _ arguments: [String], against server: TestServer, paths: [String] = ["/"]
    ) throws -> LoadReport {
        let mode = arguments.contains { $0.hasPrefix("--rate") } ? "open" : "closed"
        let all = [mode, "--warmup=0s", "--connections=4"] + arguments + paths.map(server.url)
        guard case .run(let plan, _) = try Command(all) else { throw LoadFailure.run("no run") }
        return try LoadRun(plan: plan).report()
    }

    private func faults(_ report: LoadReport) -> [Fault: Int] {
        Dictionary(uniqueKeysWithValues: report.tally.faults.map { ($0.fault, $0.count) })
    }

    @Test("closed: as many requests as asked for, all answered, on as many connections")
    func closed() throws {
        let server = TestServer { _ in .ok() }
        defer { server.stop() }
        let report = try run(["--requests=500"], against: server)
        #expect(report.isClean && report.tally.answered == 500 && server.requests.count == 500)
        #expect(report.tally.connectionsOpened == 4 && report.latency.count == 500)
        #expect(report.tally.bytesReceived == 500 * 43)
        #expect(report.latency.p50 > 0 && report.seconds > 0 && report.requestsPerSecond > 0)
    }

    @Test("closed: a duration ends a run") func duration() throws {
        let server = TestServer { _ in .ok() }
        defer { server.stop() }
        let report = try run(["--duration=100ms"], against: server)
        #expect(report.isClean && report.seconds == 0.1)
        #expect(report.tally.answered == server.requests.count)
    }

    @Test("the warm-up is not counted") func warmup() throws {
        let server = TestServer { _ in .ok() }
        defer { server.stop() }
        let report = try run(["--warmup=50ms", "--requests=10"], against: server)
        #expect(report.tally.answered == 10 && server.requests.count > 10)
    }

    @Test("threads share connections and requests") func threads() throws {
        let server = TestServer { _ in .ok() }
        defer { server.stop() }
        let report = try run(["--requests=301", "--threads=3"], against: server)
        #expect(report.tally.answered == 301 && report.tally.connectionsOpened == 4)
    }

    @Test("open: sends what the schedule says") func open() throws {
        let server = TestServer { _ in .ok() }
        defer { server.stop() }
        let report = try run(["--rate=1000", "--duration=200ms"], against: server)
        #expect(report.tally.answered + report.failed == 200)
        #expect(report.tally.sendLag.count == report.tally.answered)
    }

    @Test("open: a server that stalls shows in the latency of all who had to wait") func omission()
        throws
    {
        // 100 requests a second on one connection; the first answer takes as long as ten requests.
        let server = TestServer { request in
            if request.index == 0 {
                MonotonicClock.sleep(nanoseconds: 100 * Nanoseconds.millisecond)
            }
            return .ok()
        }
        defer { server.stop() }
        let report = try run(
            ["--rate=100", "--requests=20", "--connections=1"], against: server)
        #expect(report.tally.answered == 20)
        // The one stalled at least 100 ms; those due meanwhile waited from when they were due.
        #expect(report.latency.max >= 100 * Nanoseconds.millisecond)
        #expect(report.tally.latency.quantile(0.75) >= 40 * Nanoseconds.millisecond)
        #expect(report.tally.backlogPeak >= 5)
    }

    @Test("open: what no connection was free for is unsent and spoils the run") func unsent() throws
    {
        let server = TestServer { _ in .silence }
        defer { server.stop() }
        let report = try run(
            ["--rate=100", "--duration=100ms", "--connections=2", "--timeout=300ms"],
            against: server)
        #expect(!report.isClean && report.tally.answered == 0)
        #expect(faults(report) == [.timeout: 2, .unsent: 8])
    }

    @Test("numbers in path and body are drawn anew for each request") func templates() throws {
        let server = TestServer { _ in .ok() }
        defer { server.stop() }
        let report = try run(
            ["--requests=50", "--body={\"thread\":{1..1000000}}"], against: server,
            paths: ["/{1..1000000}"])
        #expect(report.isClean)
        let lines = Set(server.requests.map(\.line))
        #expect(lines.count > 45 && lines.allSatisfy { $0.hasPrefix("POST /") })
        #expect(Set(server.requests.map(\.body)).count > 45)
    }

    @Test("several URLs are asked in turn") func severalURLs() throws {
        let server = TestServer { _ in .ok() }
        defer { server.stop() }
        _ = try run(
            ["--requests=30", "--connections=1"], against: server, paths: ["/a", "/b", "/c"])
        let asked = Dictionary(grouping: server.requests.map(\.line)) { $0 }.mapValues(\.count)
        #expect(asked.values.sorted() == [10, 10, 10])
    }

    @Test("answers in fragments and chunks are answers") func fragments() throws {
        let server = TestServer { _ in
            .pieces([
                "HTT", "P/1.1 200 OK\r\nTransfer-Enc", "oding: chunked\r\n\r\n5\r\nhe",
                "llo\r\n0\r\n", "\r\n",
            ])
        }
        defer { server.stop() }
        #expect(try run(["--requests=200"], against: server).isClean)
    }

    @Test("HEAD does not wait for the body that its answer announces") func head() throws {
        let server = TestServer { _ in .pieces(["HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n"]) }
        defer { server.stop() }
        #expect(try run(["--requests=50", "--method=HEAD"], against: server).isClean)
    }

    @Test("a server that closes after each answer is no failure, but costs connections")
    func closing() throws {
        let server = TestServer { _ in
            .piecesAndClose(["HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx"])
        }
        defer { server.stop() }
        let report = try run(["--requests=50"], against: server)
        #expect(report.isClean && report.tally.answered == 50)
        #expect(report.tally.connectionsOpened >= 50)
    }

    @Test("an answer that ends with the connection is an answer") func untilClose() throws {
        let server = TestServer { _ in .piecesAndClose(["HTTP/1.1 200 OK\r\n\r\nbody"]) }
        defer { server.stop() }
        #expect(try run(["--requests=20"], against: server).isClean)
    }

    @Test("unexpected statuses are counted by status and spoil the run") func statuses() throws {
        let server = TestServer { .status($0.index.isMultiple(of: 2) ? 200 : 503) }
        defer { server.stop() }
        let report = try run(["--requests=40", "--connections=1"], against: server)
        #expect(!report.isClean && report.failed == 20 && report.unexpectedStatuses == 20)
        #expect(report.tally.statuses.map(\.status) == [200, 503])
    }

    @Test("an expected status is a success") func expected() throws {
        let server = TestServer { _ in .status(404) }
        defer { server.stop() }
        #expect(try run(["--requests=10", "--expect=404"], against: server).isClean)
    }

    @Test(
        "every kind of broken answer is a fault of its own",
        arguments: [
            (
                TestServer.Answer.piecesAndClose(["HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nx"]),
                Fault.closed
            ),
            (.piecesAndClose([]), .closed), (.pieces(["nonsense\r\n"]), .malformed),
            (.pieces(["HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxHTTP"]), .malformed),
        ])
    func broken(answer: TestServer.Answer, fault: Fault) throws {
        let server = TestServer { _ in answer }
        defer { server.stop() }
        let report = try run(["--requests=8"], against: server)
        #expect(faults(report) == [fault: 8] && report.tally.answered == 0 && !report.isClean)
    }

    @Test("no answer within the time-out is a fault") func timeout() throws {
        let server = TestServer { _ in .silence }
        defer { server.stop() }
        let report = try run(["--requests=4", "--timeout=100ms"], against: server)
        #expect(faults(report) == [.timeout: 4])
    }

    @Test("a body larger than the socket's buffer arrives whole") func largeBody() throws {
        let server = TestServer { .ok("\($0.body.utf8.count)") }
        defer { server.stop() }
        let body = String(repeating: "x", count: 3 << 20)
        let report = try run(
            ["--requests=3", "--connections=1", "--body=\(body)"], against: server)
        #expect(report.isClean && server.requests.allSatisfy { $0.body.utf8.count == 3 << 20 })
    }

    @Test("a server that is not there is one clear line") func absent() throws {
        let server = TestServer { _ in .ok() }
        let url = server.url()
        server.stop()
        let command = try Command(["closed", url])
        guard case .run(let plan, _) = command else { return }
        let failure = #expect(throws: LoadFailure.self) { try LoadRun(plan: plan).report() }
        #expect(failure?.message.contains("Connection refused") == true)
        #expect(failure?.exitStatus == 1)
    }

    @Test("ratio runs both sides in each round and divides") func ratio() throws {
        let server = TestServer { _ in .ok() }
        defer { server.stop() }
        let command = try Command([
            "ratio", "--a", server.url("/a"), "--b", server.url("/b"), "--rounds=2", "--warmup=0s",
            "--baseline", server.url("/c"), "--requests=50", "--connections=2",
        ])
        guard case .ratio(let plan, _) = command else { return }
        var order: [String] = []
        let report = try RatioRun(plan: plan) { _, side, _ in order.append(side.name) }.report()
        #expect(order == ["A", "B", "baseline", "baseline", "B", "A"])
        #expect(report.isClean && report.rounds.count == 2)
        let rate = try #require(report.figures.first { $0.kind == .requestsPerSecond })
        #expect(rate.ratio != nil && rate.addedRatio == nil)
        #expect(!RatioTable(report: report).text.isEmpty)
        #expect(RatioJSON.value(report).text.hasPrefix("{\"version\":1,\"rounds\":2,"))
    }
}
