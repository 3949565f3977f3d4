import Bytes
import HTTP
import Seeding
import Testing

/// Decodes bytes that arrive in pieces and keeps what came out.
struct Dechunking: Equatable, CustomStringConvertible {
    private(set) var data: [UInt8] = []
    private(set) var rest: [UInt8] = []
    private(set) var outcome = "incomplete"

    var description: String {
        outcome == "end"
            ? "data \(Verdict.latin(data))" + (rest.isEmpty ? "" : " rest \(Verdict.latin(rest))")
            : outcome
    }

    init(_ bytes: [UInt8], cuts: [Int] = [], limits: HTTPLimits = HTTPLimits()) {
        var decoder = ChunkedDecoder()
        var start = 0
        for end in cuts + [bytes.count] {
            let piece = Array(bytes[start..<end])
            start = end
            take(piece, &decoder, limits)
            guard outcome == "incomplete" else {
                rest += bytes[end...]
                return
            }
        }
    }

    private mutating func take(
        _ piece: [UInt8], _ decoder: inout ChunkedDecoder, _ limits: HTTPLimits
    ) {
        var left = piece
        while true {
            // A copy of just that size lets the address sanitizer see each step outside.
            let room = UnsafeMutableRawBufferPointer.allocate(byteCount: left.count, alignment: 1)
            defer { room.deallocate() }
            room.copyBytes(from: left)
            do throws(HTTPFault) {
                switch try decoder.next(UnsafeRawBufferPointer(room), limits: limits) {
                case .needMore(let consumed):
                    precondition(consumed == left.count, "all framing is taken")
                    return
                case .data(let slice, let consumed):
                    precondition(slice.upper == consumed && !slice.isEmpty, "data ends the step")
                    data += left[slice.lower..<slice.upper]
                    left.removeFirst(consumed)
                case .end(let consumed):
                    rest = Array(left.dropFirst(consumed))
                    outcome = "end"
                    return
                }
            } catch {
                outcome = Verdict(error).description
                return
            }
        }
    }
}

@Suite("Chunked bodies")
struct ChunkedDecoderTests {
    @Test("each body of the corpus gets its verdict", arguments: Corpus.chunks)
    func verdict(_ example: CorpusCase) {
        let expected = Verdict.latin(Corpus.unescape(example.expectation))
        let actual = Dechunking(example.bytes).description
        #expect(actual == (expected == "data" ? "data " : expected))
    }

    @Test("the verdict is the same wherever the bytes are cut", arguments: Corpus.chunks)
    func cuts(_ example: CorpusCase) {
        let whole = Dechunking(example.bytes)
        for cut in Reading.cuts(example.bytes.count) {
            let cutOnce = Dechunking(example.bytes, cuts: [cut])
            guard cutOnce.description != whole.description else { continue }
            Issue.record("cut at \(cut): \(cutOnce) instead of \(whole)")
            return
        }
        let everywhere = Array(0..<min(example.bytes.count, 3000))
        #expect(
            Dechunking(example.bytes, cuts: everywhere).description == whole.description)
    }

    @Test("a large chunk comes out in one run")
    func largeRun() throws {
        var body = ByteBuffer()
        MessageWriter.writeChunkHead(1_000_000, into: &body)
        body.append([UInt8](repeating: 7, count: 1_000_000))
        var decoder = ChunkedDecoder()
        let step = try decoder.next(body.readable, limits: HTTPLimits())
        let head = "f4240\r\n".utf8.count
        #expect(
            step == .data(Slice(offset: head, count: 1_000_000), consumed: head + 1_000_000))
    }

    @Test("what the writer chunks, the decoder gives back, however it is cut")
    func roundTrip() {
        var random = SeededRandom()
        for _ in 0..<200 {
            var body = ByteBuffer()
            var sent: [UInt8] = []
            for _ in 0..<Int.random(in: 0...5, using: &random) {
                let chunk = random.bytes(count: Int.random(in: 1...300, using: &random))
                sent += chunk
                MessageWriter.writeChunkHead(chunk.count, into: &body)
                body.append(chunk)
                MessageWriter.writeChunkEnd(into: &body)
            }
            MessageWriter.writeLastChunk(into: &body)
            let bytes = Array(body.readable)
            let cuts = (0..<8).map { _ in Int.random(in: 0...bytes.count, using: &random) }.sorted()
            let decoded = Dechunking(bytes, cuts: cuts)
            #expect(decoded.outcome == "end" && decoded.data == sent, "\(random)")
        }
    }
}
