import Bytes
import HTTP
import HTTPClient
import HTTPServer
import Reactor
import Synchronization
import Telemetry
import Testing

/// Answers with what it was sent.
private struct Mirror: Responder {
    func plan(_ head: RequestHead, _ context: RequestContext) -> ResponsePlan {
        .collect(bytesMax: 1 << 20) { request in
            var fields: Fields = [.contentType: "text/plain"]
            fields["X-Method"] = "\(request.head.method.name)"
            fields["X-Host"] = request[.host] ?? ""
            fields["X-Length"] = request[.contentLength] ?? "none"
            var body = ByteBuffer()
            body.append(request.head.targetText)
            body.append(request.body.bytes)
            return Response(.ok, fields: fields, body: .bytes(body.freeze()))
        }
    }

    func refuse(_ fault: HTTPFault, _ head: RequestHead?, _ context: RequestContext) -> Response {
        .text("\(fault.code)", status: fault.status)
    }
}

@Suite("The transport over sockets")
struct SocketTransportTests {
    private func withMirror(
        _ body: (SocketTransport) async throws -> Void
    ) async throws {
        let group = try EventLoopGroup(count: 1)
        defer { group.stop() }
        let server = try await HTTPServer(
            on: .loopback(0), group: group, metrics: ServerMetrics(Metrics()), responder: Mirror())
        let client = try TestClient()
        try await body(SocketTransport(to: server.address, host: "forum", pool: client.pool))
        _ = await server.finish(withinMilliseconds: 100)
    }

    @Test("a request comes back as its answer, whole")
    func simple() async throws {
        try await withMirror { transport in
            let answer = try await transport.send(ClientRequest(.get, "/a?b=c d"))
            #expect(answer.status == .ok && answer.body.text == "/a?b=c%20d")
            #expect(answer.fields[.contentType] == "text/plain")
            #expect(answer.fields["x-host"] == "forum")
            #expect(answer.fields["X-Length"] == "none")
        }
    }

    @Test("a body goes with its length, and a POST without one says so")
    func bodies() async throws {
        try await withMirror { transport in
            let body = ByteString([UInt8](repeating: 65, count: 300_000))
            let long = try await transport.send(ClientRequest(.put, "/", body: body))
            #expect(long.body.count == 300_001 && long.fields["X-Length"] == "300000")
            let short = try await transport.send(ClientRequest(.post, "/"))
            #expect(short.fields["X-Length"] == "0" && short.fields["X-Method"] == "POST")
        }
    }

    @Test("many requests at once are each answered with their own answer")
    func many() async throws {
        try await withMirror { transport in
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        let answer = try await transport.send(ClientRequest(.get, "/\(number)"))
                        return answer.body.text == "/\(number)"
                    }
                }
                for try await isRight in group { #expect(isRight) }
            }
        }
    }

    @Test("a target that is no path is refused before anything is sent")
    func badTarget() async throws {
        try await withMirror { transport in
            await #expect(throws: TransportError.self) {
                try await transport.send(ClientRequest(.get, "http://other/"))
            }
        }
    }

    /// The error of a request that must fail.
    private func failure(
        _ method: Method, _ address: SocketAddress, _ client: TestClient,
        timeoutMilliseconds: Int = 10_000
    ) async -> TransportError? {
        let transport = SocketTransport(to: address, pool: client.pool)
        do throws(TransportError) {
            _ = try await transport.send(
                ClientRequest(method, "/", timeoutMilliseconds: timeoutMilliseconds))
            return nil
        } catch {
            return error
        }
    }

    @Test("a refused connection may be tried again, and the error names the address")
    func refused() async throws {
        let free = try Socket.listen(on: .loopback(0)).localAddress()
        let error = await failure(.post, free, try TestClient())
        #expect(error?.isRetryable == true && "\(error!.code)" == "connect-failed")
        #expect(error?.detail.contains("\(free)") == true)
    }

    @Test("a request that takes longer than it may is given up")
    func timeout() async throws {
        let server = try ScriptedServer { peer in
            _ = peer.readHead()
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")
            _ = peer.readToEnd()
        }
        let client = try TestClient()
        let error = await failure(.get, server.address, client, timeoutMilliseconds: 30)
        #expect("\(error!.code)".hasSuffix("timed-out") && error?.isRetryable == false)
    }

    @Test("an answer that is too large is given up")
    func tooLarge() async throws {
        var settings = UpstreamSettings()
        settings.collectedBytesMax = 1000
        let server = try ScriptedServer { peer in
            _ = peer.readHead()
            peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1388\r\n")
            peer.write([UInt8](repeating: 0, count: 5000))
            _ = peer.readToEnd()
        }
        let error = await failure(.get, server.address, try TestClient(settings))
        #expect("\(error!.code)" == "answer-too-large")
    }

    /// Closes each connection when its second request arrives; counts requests by method.
    private final class Stale: Sendable {
        let seen = Mutex<[String]>([])

        func server() throws -> ScriptedServer {
            try ScriptedServer { peer in
                for turn in 0..<2 {
                    guard let head = peer.readHead() else { return }
                    self.seen.withLock { $0.append(String(head.prefix { $0 != " " })) }
                    if turn == 0 { peer.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n") }
                }
            }
        }
    }

    @Test("a stale connection costs a GET nothing: it is sent once more on a new one")
    func staleGet() async throws {
        let stale = Stale()
        let server = try stale.server()
        let client = try TestClient()
        let transport = SocketTransport(to: server.address, pool: client.pool)
        for _ in 0..<2 { #expect(try await transport.send(ClientRequest(.get, "/")).status == .ok) }
        #expect(stale.seen.withLock { $0 } == ["GET", "GET", "GET"])
    }

    @Test("a server that closes after every third answer, unannounced, costs no GET its answer")
    func keepAliveRace() async throws {
        let server = try ScriptedServer { peer in
            for _ in 0..<3 where peer.readHead() != nil {
                peer.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            }
        }
        let client = try TestClient()
        let transport = SocketTransport(to: server.address, pool: client.pool)
        let failures = await withTaskGroup(of: [String].self) { group in
            for _ in 0..<4 {
                group.addTask {
                    var failures: [String] = []
                    for _ in 0..<500 {
                        do {
                            let answer = try await transport.send(ClientRequest(.get, "/"))
                            if answer.body != "ok" { failures.append("\(answer)") }
                        } catch { failures.append("\(error)") }
                    }
                    return failures
                }
            }
            return await group.reduce([], +)
        }
        #expect(failures == [])
        #expect(client.metrics.connectionsReused.total > 0)
    }

    @Test("a stale connection fails a POST, which is delivered at most once")
    func stalePost() async throws {
        let stale = Stale()
        let server = try stale.server()
        let client = try TestClient()
        #expect(await failure(.post, server.address, client) == nil)
        let error = await failure(.post, server.address, client)
        #expect("\(error!.code)" == "reused-connection-closed" && error?.isRetryable == false)
        #expect(stale.seen.withLock { $0 } == ["POST", "POST"])
    }

    @Test("a cancelled task does not wait for its answer")
    func cancelled() async throws {
        let server = try ScriptedServer { peer in _ = peer.readToEnd() }
        let client = try TestClient()
        let transport = SocketTransport(to: server.address, pool: client.pool)
        let task = Task {
            do throws(TransportError) {
                _ = try await transport.send(ClientRequest(.get, "/"))
                return "answered"
            } catch {
                return "\(error.code)"
            }
        }
        task.cancel()
        #expect(await task.value == "cancelled")
    }

    @Test("calls from the pool's own loop are answered on it")
    func onLoop() async throws {
        try await withMirror { transport in
            let client = try TestClient()
            let own = SocketTransport(to: transport.address, pool: client.pool)
            let stayed = await Task(executorPreference: client.loop) {
                let answer = try? await own.send(ClientRequest(.get, "/x"))
                return answer?.body.text == "/x" && client.loop.isCurrent
            }.value
            #expect(stayed)
        }
    }
}
