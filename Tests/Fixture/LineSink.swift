package import Bytes
import HTTP
import Synchronization

/// Counts the lines of an answer, and how far the source was ahead of them at most.
package final class LineSink: BodyWriter {
    package struct Seen: Sendable {
        package var lines = 0
        package var aheadMax = 0
        package var last = ""
    }

    private let source: LineSource
    private let seen = Mutex(Seen())

    package init(_ source: LineSource) { self.source = source }

    package var result: Seen { seen.withLock { $0 } }

    package func write(_ bytes: ByteString) async throws {
        let lines = bytes.text.split(separator: "\n")
        seen.withLock { seen in
            seen.aheadMax = max(seen.aheadMax, source.linesGiven - seen.lines)
            seen.lines += lines.count
            seen.last = lines.last.map(String.init) ?? ""
        }
    }
}
