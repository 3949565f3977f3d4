import Bytes
import HTTP
import Synchronization

/// A body given in pieces, as a socket would give it.
final class LoopbackBodySource: BodySource {
    /// Bytes of one piece: a usual read of a socket.
    private static let pieceBytes = 16 * 1024

    private let body: ByteString
    private let bytesMax: Int
    private let given = Atomic(0)

    init(_ body: ByteString, bytesMax: Int) {
        self.body = body
        self.bytesMax = bytesMax
    }

    func next() async throws(HTTPFault) -> ByteString? {
        guard body.count <= bytesMax else {
            throw HTTPFault(
                .contentTooLarge, "body-too-large", "a body here may have \(bytesMax) bytes at most"
            )
        }
        let start = given.load(ordering: .relaxed)
        let count = min(LoopbackBodySource.pieceBytes, body.count - start)
        given.store(start + count, ordering: .relaxed)
        return count > 0 ? body.slice(from: start, count: count) : nil
    }
}

/// Keeps what a streamed answer writes.
final class LoopbackBodyWriter: BodyWriter {
    private let pieces = Mutex<[ByteString]>([])

    func write(_ bytes: ByteString) async throws {
        append(bytes)
    }

    func append(_ bytes: ByteString) { pieces.withLock { $0.append(bytes) } }

    /// Everything written, in one piece.
    func take() -> ByteString {
        let pieces = pieces.withLock { $0 }
        if pieces.count == 1 { return pieces[0] }
        var whole = ByteBuffer(capacity: pieces.reduce(0) { $0 + $1.count })
        for piece in pieces { whole.append(piece) }
        return whole.freeze()
    }
}
