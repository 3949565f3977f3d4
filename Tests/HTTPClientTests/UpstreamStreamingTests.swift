import Bytes
import HTTP
import HTTPClient
import Reactor
import Testing

private let megabytes = 8
private let piece = [UInt8](repeating: 120, count: 64 * 1024)
private let total = megabytes << 20

@Suite("Streaming to and from other servers")
struct UpstreamStreamingTests {
    /// Sends the whole body as fast as there is room, however it is framed.
    private static func stream(_ recorder: Recorder, _ connection: UpstreamConnection) {
        nonisolated(unsafe) var left = total
        func more(_ connection: UpstreamConnection) {
            while left > 0 {
                left -= piece.count
                guard piece.withUnsafeBytes({ connection.send($0) }) else { return }
            }
            connection.endRequest()
        }
        recorder.onRoom = { more($0) }
        more(connection)
    }

    @Test("a large body goes out with back-pressure", arguments: [true, false])
    func upload(isChunked: Bool) async throws {
        let server = try ScriptedServer { peer in
            let head = peer.readHead() ?? ""
            var size = total
            if head.contains("chunked") {
                // Each piece has a line of its size and a line end; the last chunk has five bytes.
                size += total / piece.count * ("10000\r\n\r\n".utf8.count) + 5
            }
            let got = peer.read(size).count
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n\(got == size ? "ok" : "no")")
        }
        let client = try TestClient()
        let told = await client.exchange(
            .post, to: server.address, framing: isChunked ? .chunked : .length(total),
            Self.stream)
        #expect(told.contains("room"))
        #expect(told.suffix(3) == ["head 200", "ok", "end"])
        #expect(await client.onLoop { $0.idleCount } <= 1)
    }

    @Test("pieces given before the connection is made are sent in order once it is")
    func smallPieces() async throws {
        let server = try ScriptedServer { peer in
            _ = peer.readHead()
            let body = peer.read("5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n".utf8.count)
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: \(body.count)\r\n\r\n")
            peer.write(body)
        }
        let client = try TestClient()
        let told = await client.exchange(.post, to: server.address, framing: .chunked) {
            _, connection in
            for text in ["hello", "", "!"] {
                Array(text.utf8).withUnsafeBytes { _ = connection.send($0) }
            }
            connection.endRequest()
        }
        #expect(told.joined(separator: "|").contains("5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n"))
    }

    @Test("pieces on a connection of the pool wait for each other at most until the turn ends")
    func flushedWithoutEnd() async throws {
        let server = try ScriptedServer { peer in
            _ = peer.readHead()
            peer.write(empty)
            _ = peer.readHead()
            _ = peer.read(2)
            peer.write("HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n")
        }
        let client = try TestClient()
        _ = await client.exchange(to: server.address)
        // The request never ends: the answer shows that its first bytes went out all the same.
        let told = await client.exchange(.post, to: server.address, framing: .length(10)) {
            _, connection in
            Array("hi".utf8).withUnsafeBytes { _ = connection.send($0) }
        }
        #expect(told == ["reused", "head 202", "end"])
        #expect(await client.onLoop { $0.idleCount } == 0)
    }

    @Test("a paused answer stops its sender, and goes on where it stopped")
    func download() async throws {
        let server = try ScriptedServer { peer in
            _ = peer.readHead()
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: \(total)\r\n\r\n")
            for _ in 0..<(total / piece.count) { peer.write(piece) }
        }
        let client = try TestClient()
        nonisolated(unsafe) var received = 0
        nonisolated(unsafe) var pauses = 0
        let told = await client.exchange(to: server.address) { recorder, _ in
            recorder.onBody = { connection in
                received = recorder.bodyBytes
                guard pauses < 20 else { return }
                pauses += 1
                connection.pauseReading()
                let bound = LoopBound(connection, on: connection.loop)
                connection.loop.schedule(afterMilliseconds: 1) { bound.here.resumeReading() }
            }
        }
        #expect(told.last == "end" && received == total && pauses == 20)
    }

    @Test("an answer whose last piece makes its reader ask for a pause ends all the same")
    func pausedAtTheEnd() async throws {
        let server = try ScriptedServer { peer in
            _ = peer.readHead()
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")
            _ = peer.readToEnd()
        }
        let client = try TestClient()
        let told = await client.exchange(to: server.address) { recorder, _ in
            recorder.onBody = { connection in
                connection.pauseReading()
                let bound = LoopBound(connection, on: connection.loop)
                connection.loop.schedule(afterMilliseconds: 1) { bound.here.resumeReading() }
            }
        }
        #expect(told == ["new", "head 200", "hello", "end"])
        #expect(await client.onLoop { $0.idleCount } == 1)
    }

    @Test("an answer to a request that is still being sent arrives, and ends the connection")
    func earlyAnswer() async throws {
        let server = try ScriptedServer { peer in
            _ = peer.readHead()
            _ = peer.read(100_000)
            peer.write("HTTP/1.1 413 Content Too Large\r\nContent-Length: 5\r\n\r\nlarge")
            _ = peer.readToEnd()
        }
        let client = try TestClient()
        let told = await client.exchange(.post, to: server.address, framing: .length(1 << 30)) {
            recorder, connection in
            recorder.onRoom = { connection in
                while piece.withUnsafeBytes({ connection.send($0) }) {}
            }
            while piece.withUnsafeBytes({ connection.send($0) }) {}
        }
        #expect(told.filter { $0 != "room" } == ["new", "head 413", "large", "end"])
        #expect(await client.onLoop { $0.idleCount } == 0)
    }

    @Test("an answer that stands before the end of the connection is read, although writing failed")
    func answerThenClose() async throws {
        let server = try ScriptedServer { peer in
            peer.write("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno")
            _ = peer.readHead()
        }
        let client = try TestClient()
        let told = await client.exchange(.post, to: server.address, framing: .chunked) { _, _ in }
        #expect(told == ["new", "head 403", "no", "end"])
    }

    @Test("an abandoned answer with little left is drained and its connection used again")
    func abandonShort() async throws {
        let server = try ScriptedServer { peer in
            while peer.readHead() != nil {
                peer.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nda")
                peer.write("ta")
            }
        }
        let client = try TestClient()
        let told = await client.exchange(to: server.address) { recorder, _ in
            recorder.onHead = { connection in
                connection.abandon()
                recorder.stopWaiting()
            }
        }
        #expect(told == ["new", "head 200"])
        #expect(await client.idle(becomes: 1))
        #expect(await client.exchange(to: server.address).first == "reused")
    }

    @Test("an abandoned answer with much left costs its connection")
    func abandonLong() async throws {
        let server = try ScriptedServer { peer in
            _ = peer.readHead()
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\nx")
            _ = peer.readToEnd()
        }
        let client = try TestClient()
        let told = await client.exchange(to: server.address) { recorder, _ in
            recorder.onHead = { connection in
                connection.abandon()
                recorder.stopWaiting()
            }
        }
        #expect(told == ["new", "head 200"])
        #expect(await client.onLoop { $0.idleCount } == 0)
    }

    private let empty = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
}
