import Testing

@testable import LoadEngine

@Suite struct ResponseReaderTests {
    /// Reads an answer in pieces; the outcome of the last piece that was needed.
    private func read(
        _ text: String, pieces: Int = .max, head: Bool = false
    ) -> (progress: ResponseReader.Progress, reader: ResponseReader) {
        var reader = ResponseReader()
        reader.begin(answersHead: head)
        var rest = Array(text.utf8)[...]
        var progress = ResponseReader.Progress.more
        while !rest.isEmpty, progress == .more {
            let piece = Array(rest.prefix(pieces))
            progress = reader.read(piece.span)
            rest = rest.dropFirst(piece.count)
        }
        return (progress == .complete && !rest.isEmpty ? .malformed : progress, reader)
    }

    static let complete = [
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\ncontent-length:5\r\n\r\nhello",
        "HTTP/1.1 200\r\nContent-Length: \t5  \r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 200 OK\nContent-Length: 2\n\nok",
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nA: b\r\n\r\n"
            + "HTTP/1.1 201 Created\r\nContent-Length: 1\r\n\r\nx",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "5\r\nhello\r\nA;x=y\r\n0123456789\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, Chunked \r\n\r\n0\r\nTrailer: 1\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
    ]

    @Test("an answer is complete at its last byte, however it is cut", arguments: complete)
    func fragments(text: String) {
        for pieces in 1...text.utf8.count {
            #expect(read(text, pieces: pieces).progress == .complete, "pieces of \(pieces)")
        }
    }

    @Test("an answer is not complete before its last byte", arguments: complete)
    func prefixes(text: String) {
        for count in 1..<text.utf8.count {
            let prefix = String(decoding: Array(text.utf8).prefix(count), as: UTF8.self)
            #expect(read(prefix).progress == .more, "\(count) bytes")
        }
    }

    @Test("bytes behind the end are malformed", arguments: complete)
    func surplus(text: String) {
        #expect(read(text + "H").progress == .malformed)
    }

    @Test(
        "what is not an answer is malformed",
        arguments: [
            "\r\n", "HTTP/2.0 200 OK\r\n", "HTTP/1.1 20 OK\r\n", "HTTP/1.1 2x0 OK\r\n",
            "HTTP/1.1 600 X\r\n", "HTTP/1.1 099 X\r\n", "SSH-2.0-OpenSSH_9.2\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n", "HTTP/1.1 200 OK\r\nContent-Length:\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nx\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1x\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n",
        ])
    func malformed(text: String) {
        for pieces in 1...text.utf8.count {
            #expect(read(text, pieces: pieces).progress == .malformed, "pieces of \(pieces)")
        }
    }

    @Test("an endless line or an endless head is malformed") func endless() {
        let line = String(repeating: "a", count: LoadLimits.lineBytesMax + 1)
        #expect(read("HTTP/1.1 200 OK\r\nX: \(line)", pieces: 1000).progress == .malformed)
        let fields = String(repeating: "A: b\r\n", count: LoadLimits.linesMax + 1)
        #expect(read("HTTP/1.1 200 OK\r\n\(fields)").progress == .malformed)
    }

    @Test("the answer to HEAD ends with its head") func head() {
        let text = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"
        #expect(read(text, head: true).progress == .complete)
        #expect(read(text, head: false).progress == .more)
    }

    @Test("an answer without a length ends with the connection") func untilClose() {
        var (progress, reader) = read("HTTP/1.1 200 OK\r\n\r\nhello")
        #expect(progress == .more)
        progress = reader.end()
        #expect(progress == .complete && !reader.keepsAlive)
    }

    @Test(
        "a connection that closes early cuts the answer off",
        arguments: complete.map { $0.dropLast() })
    func early(text: Substring) {
        var reader = read(String(text)).reader
        #expect(reader.end() == .malformed)
    }

    @Test(
        "the connection lives on as version and field say",
        arguments: [
            ("HTTP/1.1 200 OK\r\n", true), ("HTTP/1.0 200 OK\r\n", false),
            ("HTTP/1.1 200 OK\r\nConnection: close\r\n", false),
            ("HTTP/1.1 200 OK\r\nCONNECTION: foo, Close\r\n", false),
            ("HTTP/1.0 200 OK\r\nConnection: Keep-Alive\r\n", true),
            ("HTTP/1.1 200 OK\r\nConnection: upgrade\r\n", true),
            ("HTTP/1.1 101 Switching Protocols\r\n", false),
        ])
    func keepAlive(head: String, lives: Bool) {
        let (progress, reader) = read(head + "Content-Length: 0\r\n\r\n")
        #expect(progress == .complete && reader.keepsAlive == lives)
    }

    @Test("a reader begins again after each answer") func again() {
        var reader = read("HTTP/1.0 404 X\r\nContent-Length: 1\r\n\r\nx").reader
        reader.begin(answersHead: false)
        let next = Array("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n".utf8)
        #expect(reader.read(next.span) == .complete)
        #expect(reader.status == 200 && reader.keepsAlive)
    }

    @Test("random bytes never crash it", arguments: 1...4)
    func fuzz(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<2_000 {
            var bytes = Array(Self.complete.randomElement(using: &generator)!.utf8)
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let index = Int.random(in: 0..<bytes.count, using: &generator)
                bytes[index] = UInt8.random(in: 0...255, using: &generator)
            }
            let pieces = Int.random(in: 1...bytes.count, using: &generator)
            let whole = read(String(decoding: bytes, as: UTF8.self))
            let cut = read(String(decoding: bytes, as: UTF8.self), pieces: pieces)
            #expect(whole.progress == cut.progress, "seed \(seed): \(bytes)")
        }
    }
}
