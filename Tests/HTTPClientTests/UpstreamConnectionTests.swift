import Bytes
import HTTP
import HTTPClient
import Reactor
import Telemetry
import Testing

private let empty = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"

@Suite("Connections to other servers")
struct UpstreamConnectionTests {
    @Test("a request is sent whole and its answer told in order")
    func simple() async throws {
        let server = try ScriptedServer { peer in
            let head = peer.readHead() ?? ""
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: \(head.utf8.count)\r\n\r\n" + head)
        }
        let client = try TestClient()
        let told = await client.exchange(to: server.address)
        #expect(told == ["new", "head 200", "GET / HTTP/1.1\r\nHost: test\r\n\r\n", "end"])
    }

    @Test("the connection of a finished exchange carries the next one")
    func reuse() async throws {
        let server = try ScriptedServer { peer in
            while peer.readHead() != nil { peer.write(empty) }
        }
        let client = try TestClient()
        #expect(await client.exchange(to: server.address).first == "new")
        #expect(await client.exchange(to: server.address).first == "reused")
        #expect(await client.exchange(to: server.address, fresh: true).first == "new")
        #expect(await client.onLoop { $0.idleCount } == 2)
        #expect(client.metrics.connectionsReused.total == 1)
    }

    @Test("the connection used last is used first")
    func lifo() async throws {
        let server = try ScriptedServer { peer in
            while peer.readHead() != nil {
                peer.write("HTTP/1.1 \(200 + peer.number) OK\r\nContent-Length: 0\r\n\r\n")
            }
        }
        let client = try TestClient()
        _ = await client.exchange(to: server.address)
        #expect(await client.exchange(to: server.address, fresh: true)[1] == "head 201")
        #expect(await client.exchange(to: server.address)[1] == "head 201")
    }

    @Test("bytes after an answer close the connection")
    func extraBytes() async throws {
        let server = try ScriptedServer { peer in
            while peer.readHead() != nil { peer.write(empty + "x") }
        }
        let client = try TestClient()
        #expect(await client.exchange(to: server.address).last == "end")
        #expect(await client.onLoop { $0.idleCount } == 0)
    }

    @Test("an idle connection that its server closes leaves the pool by itself")
    func closedWhileIdle() async throws {
        let server = try ScriptedServer { peer in
            _ = peer.readHead()
            peer.write(empty)
        }
        let client = try TestClient()
        #expect(await client.exchange(to: server.address).last == "end")
        #expect(await client.idle(becomes: 0))
        #expect(await client.exchange(to: server.address).first == "new")
    }

    @Test("an idle connection on which the server speaks unasked leaves the pool")
    func speaksWhileIdle() async throws {
        let server = try ScriptedServer { peer in
            _ = peer.readHead()
            peer.write(empty)
            peer.write("HTTP/1.1 408 Request Timeout\r\n\r\n")
            _ = peer.readToEnd()
        }
        let client = try TestClient()
        #expect(await client.exchange(to: server.address).last == "end")
        #expect(await client.idle(becomes: 0))
    }

    @Test("an idle connection is closed when its time is over")
    func idleAge() async throws {
        var settings = UpstreamSettings()
        settings.idleConnectionMilliseconds = 20
        let server = try ScriptedServer { peer in
            while peer.readHead() != nil { peer.write(empty) }
        }
        let client = try TestClient(settings)
        _ = await client.exchange(to: server.address)
        #expect(await client.idle(becomes: 0))
    }

    @Test("no more idle connections are kept than the settings allow")
    func idleLimit() async throws {
        var settings = UpstreamSettings()
        settings.idleConnectionsPerAddressMax = 2
        let server = try ScriptedServer { peer in
            while peer.readHead() != nil { peer.write(empty) }
        }
        let client = try TestClient(settings)
        let address = server.address
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<5 {
                group.addTask { _ = await client.exchange(to: address, fresh: true) }
            }
        }
        #expect(await client.onLoop { $0.idleCount } == 2)
        await client.onLoop { $0.closeIdle() }
        #expect(await client.onLoop { $0.idleCount } == 0)
    }

    @Test("a refused connection is a failure that says so")
    func refused() async throws {
        let free = try Socket.listen(on: .loopback(0)).localAddress()
        let client = try TestClient()
        #expect(await client.exchange(to: free).last == "connect-failed")
    }

    @Test("a connection closed before any answer tells whether it had been used")
    func closedBeforeAnswer() async throws {
        let server = try ScriptedServer { peer in
            if peer.number == 0 {
                _ = peer.readHead()
                peer.write(empty)
            }
            _ = peer.readHead()
        }
        let client = try TestClient()
        let address = server.address
        _ = await client.exchange(to: address)
        #expect(await client.exchange(to: address) == ["reused", "reused-connection-closed"])
        #expect(await client.exchange(to: address) == ["new", "closed-before-answer"])
    }

    @Test("a server that accepts and resets is a failure before the answer")
    func reset() async throws {
        let server = try ScriptedServer { peer in
            peer.resetOnClose()
            _ = peer.readHead()
        }
        let client = try TestClient()
        #expect(await client.exchange(to: server.address) == ["new", "closed-before-answer"])
    }

    @Test("an answer cut in the middle is broken")
    func broken() async throws {
        let server = try ScriptedServer { peer in
            _ = peer.readHead()
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
        }
        let client = try TestClient()
        #expect(
            await client.exchange(to: server.address) == [
                "new", "head 200", "half", "broken-answer",
            ])
    }

    @Test("a silent server is given up after the time for its first byte")
    func firstByteTimeout() async throws {
        let server = try ScriptedServer { peer in _ = peer.readToEnd() }
        let client = try TestClient()
        var timeouts = UpstreamTimeouts()
        timeouts.firstByteMilliseconds = 30
        let told = await client.exchange(to: server.address, timeouts: timeouts)
        #expect(told == ["new", "first-byte-timed-out"])
    }

    @Test("a server that stops in the middle is given up after the idle time")
    func idleTimeout() async throws {
        let server = try ScriptedServer { peer in
            _ = peer.readHead()
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf")
            _ = peer.readToEnd()
        }
        let client = try TestClient()
        var timeouts = UpstreamTimeouts()
        timeouts.idleMilliseconds = 30
        let told = await client.exchange(to: server.address, timeouts: timeouts)
        #expect(told == ["new", "head 200", "half", "answer-timed-out"])
    }

    @Test("while the answer waits for its reader, or the request for its writer, no time runs out")
    func pausedIsNotLate() async throws {
        let server = try ScriptedServer { peer in
            _ = peer.readHead()
            _ = peer.read(2)
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n")
            peer.write("late")
        }
        let client = try TestClient()
        var timeouts = UpstreamTimeouts()
        timeouts.firstByteMilliseconds = 400
        timeouts.idleMilliseconds = 400
        let told = await client.exchange(
            .post, to: server.address, framing: .length(2), timeouts: timeouts
        ) { recorder, connection in
            let bound = LoopBound((recorder, connection), on: connection.loop)
            connection.loop.schedule(afterMilliseconds: 600) {
                let (recorder, connection) = bound.here
                recorder.onHead = { connection in
                    connection.pauseReading()
                    let bound = LoopBound(connection, on: connection.loop)
                    connection.loop.schedule(afterMilliseconds: 600) { bound.here.resumeReading() }
                }
                Array("hi".utf8).withUnsafeBytes { _ = connection.send($0) }
                connection.endRequest()
            }
        }
        #expect(told == ["new", "head 200", "late", "end"])
    }
}
