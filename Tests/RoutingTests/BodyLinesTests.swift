import Bytes
import HTTP
import Routing
import Synchronization
import Testing

/// A body in the pieces it is given.
private final class Pieces: BodySource {
    private let rest: Mutex<[ByteString]>

    init(_ pieces: [ByteString]) { rest = Mutex(pieces.reversed()) }

    func next() async throws(HTTPFault) -> ByteString? { rest.withLock { $0.popLast() } }
}

@Suite("Lines of a body")
struct BodyLinesTests {
    private func read(_ body: RequestBody, max: Int = 10) async throws -> [String] {
        var lines = BodyLines(body, lineBytesMax: max)
        var read: [String] = []
        while let line = try await lines.next() {
            read.append("\(line.number) \(line.isTooLong ? "too long" : line.bytes.text)")
        }
        return read
    }

    private func read(_ pieces: [String], max: Int = 10) async throws -> [String] {
        try await read(.stream(Pieces(pieces.map { ByteString($0) })), max: max)
    }

    @Test("lines are found however the body is cut")
    func cuts() async throws {
        #expect(
            try await read(["a\nbc\n", "d", "", "e", "f\n\n", "\n", "g"]) == [
                "1 a", "2 bc", "3 def", "6 g",
            ])
        #expect(try await read(["a\r", "\nb\r\n\r\nc\r"]) == ["1 a", "2 b", "4 c"])
        #expect(try await read([]) == [])
        #expect(try await read(["\n", "\n"]) == [])
    }

    @Test("a collected body has lines too, an empty one none")
    func collected() async throws {
        #expect(try await read(.collected("a\nb")) == ["1 a", "2 b"])
        #expect(try await read(.empty) == [])
    }

    @Test("a line that is too long is passed over, the next one read")
    func tooLong() async throws {
        let exact = "1234567890"
        #expect(
            try await read(["\(exact)\r\n\(exact)1\n", "b\n"]) == [
                "1 \(exact)", "2 too long", "3 b",
            ])
        #expect(try await read(["12345", "67890", "12345\nb"]) == ["1 too long", "2 b"])
        #expect(try await read([exact, "1"]) == ["1 too long"])
        #expect(try await read([exact, "\r", "\n", "c"]) == ["1 \(exact)", "2 c"])
    }

    @Test("any cutting gives the same lines", arguments: [5, 99, UInt64.random(in: 0 ... .max)])
    func random(_ seed: UInt64) async throws {
        var random = Seeded(seed)
        for _ in 0..<200 {
            let letters = (0..<Int.random(in: 0..<60, using: &random)).map { _ in
                ["a", "b", "\n", "\r\n", "cdefghijk"].randomElement(using: &random) ?? ""
            }
            var rest = Substring(letters.joined())
            let expected = try await read([String(rest)])
            var pieces: [String] = []
            while !rest.isEmpty {
                let count = Int.random(in: 0..<7, using: &random)
                pieces.append(String(rest.unicodeScalars.prefix(count)))
                rest = Substring(rest.unicodeScalars.dropFirst(count))
            }
            #expect(try await read(pieces) == expected, "seed \(seed)")
        }
    }
}
