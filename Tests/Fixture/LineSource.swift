package import Bytes
package import HTTP
import Synchronization

/// A body of numbered lines, made as it is read, in pieces of about 16 KiB.
package final class LineSource: BodySource {
    private let count: Int
    private let line: @Sendable (Int) -> String
    private let given = Atomic(0)

    package init(count: Int, line: @escaping @Sendable (Int) -> String) {
        self.count = count
        self.line = line
    }

    /// Lines handed out so far.
    package var linesGiven: Int { given.load(ordering: .relaxed) }

    package func next() async throws(HTTPFault) -> ByteString? {
        var piece = ByteBuffer(capacity: 17 << 10)
        var number = linesGiven
        while piece.count < 16 << 10, number < count {
            number += 1
            piece.append(line(number))
            piece.append(ASCII.lineFeed)
        }
        given.store(number, ordering: .relaxed)
        return piece.isEmpty ? nil : piece.freeze()
    }
}
