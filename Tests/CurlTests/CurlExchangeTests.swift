import Bytes
import Foundation
import Glibc
import HTTP
import Synchronization
import Testing

@testable import Curl

/// Pieces of a body, one at a time; counts how many were asked for.
final class Pieces: Sendable {
    private let count: Int
    private let size: Int
    private let given = Mutex(0)

    var asked: Int { given.withLock { $0 } }

    init(_ count: Int, of size: Int = 10) {
        self.count = count
        self.size = size
    }

    func next() -> ByteString? {
        given.withLock { given in
            guard given < count else { return nil }
            given += 1
            return ByteString([UInt8](repeating: 0x78, count: size))
        }
    }
}

/// A number that several threads count.
final class Tally: Sendable {
    private let count = Atomic(0)

    var total: Int { count.load(ordering: .sequentiallyConsistent) }

    func add(_ amount: Int = 1) { count.add(amount, ordering: .sequentiallyConsistent) }
}

struct BrokenFile: Error {}

@Suite("CurlExchange", .timeLimit(.minutes(5)))
struct CurlExchangeTests {
    @Test("the answer to each piece comes down before the next piece goes up")
    func dialogue() async throws {
        let server = RawServer { peer in
            #expect(peer.read().contains("Transfer-Encoding: chunked"))
            peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            while case let data = peer.readChunk(), !data.isEmpty { peer.chunk("got \(data)") }
            peer.write("0\r\n\r\n")
        }
        let transport = try #require(CurlTransport(server.origin))
        let exchange = transport.open(ClientRequest(.post, "/bulk"))
        for number in 0..<20 {
            #expect(await exchange.write(ByteString("\(number)")))
            #expect(try await exchange.read()?.text == "got \(number)")
        }
        #expect(try await exchange.head().status == .ok)
        exchange.finish()
        #expect(try await exchange.read() == nil)
    }

    @Test("an upload sends every piece and hands over every byte of the answer")
    func upload() async throws {
        let server = RawServer { peer in
            _ = peer.read()
            peer.write("HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\nX: y\r\n\r\n")
            var total = 0
            while case let data = peer.readChunk(), !data.isEmpty {
                total += data.utf8.count
                peer.chunk(data)
            }
            peer.chunk("total \(total)")
            peer.write("0\r\n\r\n")
        }
        let transport = try #require(CurlTransport(server.origin))
        let pieces = Pieces(1_000, of: 5_000)
        var answer = ByteBuffer()
        let head = try await transport.upload(
            ClientRequest(.post, "/bulk"), body: { pieces.next() }, answer: { answer.append($0) })
        #expect(head.status == .created)
        #expect(head.fields["X"] == "y")
        #expect(answer.count == 5_000_000 + "total 5000000".utf8.count)
        #expect(answer.freeze().text.hasSuffix("xtotal 5000000"))
    }

    @Test("an upload whose length is known is sent with it")
    func knownLength() async throws {
        let server = RawServer { peer in
            let head = peer.read()
            let body = peer.read(20)
            peer.answer(head.contains("Transfer-Encoding") ? "chunked" : body)
        }
        let transport = try #require(CurlTransport(server.origin))
        let pieces = Pieces(2)
        var answer = ""
        _ = try await transport.upload(
            ClientRequest(.put, "/", fields: [.contentLength: "20"]), body: { pieces.next() },
            answer: { answer += $0.text })
        #expect(answer == String(repeating: "x", count: 20))
    }

    @Test("a refusal in the middle ends the upload and comes back whole")
    func refusedEarly() async throws {
        let server = RawServer { peer in
            _ = peer.read()
            _ = peer.readChunk()
            peer.answer(
                "{\"status\":403}", status: "403 Forbidden", fields: "Connection: close\r\n")
            while !peer.readChunk().isEmpty {}
        }
        let transport = try #require(CurlTransport(server.origin))
        let pieces = Pieces(.max, of: 10_000)
        let answer = try await transport.upload(
            ClientRequest(.post, "/bulk"), body: { pieces.next() },
            answer: { Issue.record("no good answer: \($0.text)") })
        #expect(answer.status == .forbidden)
        #expect(answer.body.text == "{\"status\":403}")
    }

    @Test("a body that cannot be read is the error of the upload")
    func brokenBody() async throws {
        let server = RawServer { peer in
            _ = peer.read()
            while !peer.readChunk().isEmpty {}
        }
        let transport = try #require(CurlTransport(server.origin))
        await #expect(throws: BrokenFile.self) {
            try await transport.upload(
                ClientRequest(.post, "/bulk"), body: { throw BrokenFile() }, answer: { _ in })
        }
    }

    @Test("an answer that cannot be taken ends the upload with its error")
    func brokenReader() async throws {
        let server = RawServer { peer in
            _ = peer.read()
            peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            while case let data = peer.readChunk(), !data.isEmpty { peer.chunk(data) }
        }
        let transport = try #require(CurlTransport(server.origin))
        let pieces = Pieces(.max)
        await #expect(throws: BrokenFile.self) {
            try await transport.upload(
                ClientRequest(.post, "/bulk"), body: { pieces.next() },
                answer: { _ in throw BrokenFile() })
        }
    }

    @Test("a server that goes away in the middle is an error, not a short answer")
    func serverGone() async throws {
        let server = RawServer { peer in
            _ = peer.read()
            peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            peer.chunk("first")
            _ = peer.readChunk()
        }
        let transport = try #require(CurlTransport(server.origin))
        let pieces = Pieces(.max)
        await #expect(throws: TransportError.self) {
            try await transport.upload(
                ClientRequest(.post, "/bulk"), body: { pieces.next() }, answer: { _ in })
        }
    }

    @Test("a refused connection is known to an upload, too")
    func refused() async throws {
        let transport = try #require(CurlTransport("http://127.0.0.1:\(RawServer.unusedPort())"))
        let pieces = Pieces(.max)
        await #expect {
            _ = try await transport.upload(
                ClientRequest(.post, "/bulk"), body: { pieces.next() }, answer: { _ in })
        } throws: { ($0 as? TransportError).map { "\($0.code)" } == "connect-refused" }
    }

    @Test("a large answer waits for its reader instead of filling the memory")
    func slowReader() async throws {
        let size = 8 * 1024 * 1024
        let server = RawServer { peer in
            let isPlain = !peer.read().contains("Transfer-Encoding")
            peer.answer(isPlain ? String(repeating: "y", count: size) : "")
        }
        let transport = try #require(CurlTransport(server.origin))
        let exchange = transport.open(ClientRequest(.get, "/"), sendsBody: false)
        #expect(await !exchange.write("a body that nobody asked for"))
        var total = 0
        while let bytes = try await exchange.read() {
            // One write of libcurl, at most 16 KiB, may come on top of what is allowed.
            #expect(bytes.count < CurlOptions().exchangeBytesMax + 16 * 1024 + 1)
            total += bytes.count
        }
        #expect(total == size)
    }

    @Test("a task that is cancelled while it reads gets an error soon")
    func cancelled() async throws {
        let (arrived, arrival) = AsyncStream.makeStream(of: Void.self)
        let server = RawServer { peer in
            _ = peer.read()
            peer.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")
            arrival.yield()
            _ = peer.read(100)
        }
        let transport = try #require(CurlTransport(server.origin))
        let task = Task {
            let exchange = transport.open(ClientRequest(.post, "/"))
            await exchange.write("x")
            return try await exchange.read()
        }
        for await _ in arrived { break }
        task.cancel()
        await #expect(throws: TransportError.self) { try await task.value }
    }

    @Test("an exchange that nobody holds any more lets its connection go")
    func abandoned() async throws {
        let (news, tell) = AsyncStream.makeStream(of: String.self)
        let server = RawServer { peer in
            _ = peer.read()
            _ = peer.readChunk()
            tell.yield("came")
            _ = peer.read(100)
            tell.yield("went")
        }
        let transport = try #require(CurlTransport(server.origin))
        var exchange: CurlExchange? = transport.open(ClientRequest(.post, "/"))
        await exchange?.write("x")
        for await word in news {
            if word == "went" { break }
            exchange = nil
        }
        withExtendedLifetime(transport) {}
    }
}

@Suite("BytePipe", .timeLimit(.minutes(5)))
struct BytePipeTests {
    @Test("a writer is never more than the limit and its last piece ahead of the thread")
    func writerWaits() async {
        let pipe = BytePipe(bytesMax: 100, wake: {})
        let begun = Tally()
        async let writer: Void = {
            for _ in 0..<200 {
                begun.add(60)
                _ = await pipe.write(ByteString([UInt8](repeating: 1, count: 60)))
            }
            pipe.finish()
        }()
        let taken = await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 30, alignment: 1)
                var taken = 0
                var isAtEnd = false
                while !isAtEnd {
                    #expect(begun.total - taken <= 160)
                    switch pipe.take(into: room) {
                    case .bytes(let count): taken += count
                    case .nothing: sched_yield()
                    case .end: isAtEnd = true
                    }
                }
                room.deallocate()
                continuation.resume(returning: taken)
            }
        }
        await writer
        #expect(taken == 12_000)
    }

    @Test("a thread that found nothing is woken by the next byte, and by the end")
    func threadIsWoken() async {
        let wakes = Tally()
        let pipe = BytePipe(bytesMax: 100) { wakes.add() }
        let room = UnsafeMutableRawBufferPointer.allocate(byteCount: 30, alignment: 1)
        defer { room.deallocate() }
        #expect(pipe.take(into: room) == .nothing)
        _ = await pipe.write("a")
        _ = await pipe.write("b")
        #expect(wakes.total == 1)
        #expect(pipe.take(into: room) == .bytes(2))
        #expect(pipe.take(into: room) == .nothing)
        pipe.finish()
        #expect(wakes.total == 2)
        #expect(pipe.take(into: room) == .end)
    }

    @Test("a thread that finds no room keeps its bytes, and is woken once a reader has made some")
    func threadIsHeldBack() async {
        let wakes = Tally()
        let pipe = BytePipe(bytesMax: 2) { wakes.add() }
        #expect(pipe.put("abc"))
        #expect(!pipe.put("d"))
        #expect(await pipe.read() == "abc")
        #expect(wakes.total == 1)
        #expect(pipe.put("d"))
        pipe.finish()
        #expect(await pipe.read() == "d")
        #expect(await pipe.read() == nil)
    }

    @Test("after the reading side has gone, a writer learns it and nothing is held")
    func closed() async {
        let pipe = BytePipe(bytesMax: 2, wake: {})
        pipe.close()
        #expect(await !pipe.write("abc"))
        #expect(await pipe.read() == nil)
    }
}
