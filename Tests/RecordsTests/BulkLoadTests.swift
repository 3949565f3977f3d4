import Bytes
import Fixture
import HTTP
import Records
import Routing
import SQLite
import Synchronization
import Testing

@Suite("Bulk loads")
struct BulkLoadTests {
    /// Runs `loader` over the lines of `source` and gives what the client sees.
    private func run(_ source: LineSource, _ loader: some BulkLoader) async throws -> LineSink.Seen
    {
        let sink = LineSink(source)
        guard case .stream(let write) = BulkLoad.response(.stream(source), loader).body else {
            Issue.record("a bulk load answers while it reads")
            return sink.result
        }
        try await write(sink)
        return sink.result
    }

    @Test("each line is answered once, and the summary comes last")
    func wholeAnswer() async throws {
        let seen = try await run(LineSource(count: 100_000) { "\($0)" }, Counting())
        #expect(seen.lines == 100_001)
        #expect(
            seen.last
                == #"{"summary":{"lines":100000,"added":100000,"unchanged":0,"failed":0}}"#)
    }

    @Test("however long the body, only a few commits' worth of lines is held")
    func flatMemory() async throws {
        let seen = try await run(LineSource(count: 400_000) { "\($0)" }, Counting())
        #expect(seen.lines == 400_001)
        #expect(seen.aheadMax <= 3 * BulkLimits.recordsPerCommitMax)
    }

    @Test("long lines fill a commit by their bytes")
    func longLines() async throws {
        let largest = Mutex(0)
        let loader = Counting { records in largest.withLock { $0 = max($0, records.count) } }
        let padding = String(repeating: "0", count: 4_000)
        _ = try await run(LineSource(count: 10_000) { padding.dropLast(20) + "\($0)" }, loader)
        #expect(largest.withLock { $0 } <= BulkLimits.bytesPerCommitMax / 3_900 + 20)
    }

    @Test("a commit that failed for a known reason fails its lines, and the load goes on")
    func failedCommit() async throws {
        let isFirst = Atomic(true)
        let loader = Counting { _ in
            if isFirst.exchange(false, ordering: .relaxed) { throw DatabaseError.full(path: "x") }
        }
        let seen = try await run(LineSource(count: 60_000) { "\($0)" }, loader)
        #expect(seen.lines == 60_001)
        #expect(!seen.last.contains(#""failed":0"#))
        #expect(!seen.last.contains(#""added":0,"#))
    }

    @Test("an error that nobody expected ends the answer without a summary")
    func unexpected() async {
        struct Surprise: Error {}
        await #expect(throws: Surprise.self) {
            _ = try await run(
                LineSource(count: 10) { "\($0)" }, Counting { _ in throw Surprise() })
        }
    }

    @Test("a body that breaks off: what came before is kept, and there is no summary")
    func brokenBody() async {
        struct Broken: BodySource {
            let isFirst = Box()
            func next() async throws(HTTPFault) -> ByteString? {
                if isFirst.take() { return "1\n2\n3\n4" }
                throw HTTPFault(.badRequest, "body-cut", "the body ended too early")
            }
        }
        let kept = Mutex(0)
        let loader = Counting { records in kept.withLock { $0 += records.count } }
        let sink = LineSink(LineSource(count: 0) { _ in "" })
        guard case .stream(let write) = BulkLoad.response(.stream(Broken()), loader).body else {
            return
        }
        await #expect(throws: HTTPFault.self) { try await write(sink) }
        #expect(kept.withLock { $0 } == 3)
        #expect(sink.result.last == #"{"line":3,"id":3}"#)
    }

    @Test("a client that is gone stops the reading")
    func clientGone() async {
        struct Gone: BodyWriter {
            func write(_ bytes: ByteString) async throws { throw CancellationError() }
        }
        let source = LineSource(count: 1_000_000) { "\($0)" }
        guard case .stream(let write) = BulkLoad.response(.stream(source), Counting()).body else {
            return
        }
        await #expect(throws: CancellationError.self) { try await write(Gone()) }
        #expect(source.linesGiven < 1_000_000)
    }
}

/// True once.
final class Box: Sendable {
    private let isFull = Atomic(true)
    func take() -> Bool { isFull.exchange(false, ordering: .relaxed) }
}
