import Bytes

/// Reads the report of a bulk load from the pieces it arrives in. Holds at most one unfinished
/// line.
struct BulkReportReader: ~Copyable {
    private var unfinished = ByteBuffer()

    /// Calls `take` with each line that `piece` completes.
    mutating func read(
        _ piece: UnsafeRawBufferPointer, _ take: (BulkResult) throws(ImportError) -> Void
    ) throws(ImportError) {
        var start = 0
        while let end = unsafe LineCount.lineFeed(in: piece, from: start) {
            let line = unsafe UnsafeRawBufferPointer(rebasing: piece[start..<end])
            start = end + 1
            if unfinished.isEmpty {
                try unsafe give(line, take)
            } else {
                try unsafe keep(line)
                try unsafe give(unfinished.readable, take)
                unfinished.removeAll()
            }
        }
        try unsafe keep(UnsafeRawBufferPointer(rebasing: piece[start...]))
    }

    /// Whether the report ended in the middle of a line.
    var isInLine: Bool { !unfinished.isEmpty }

    private func give(
        _ line: UnsafeRawBufferPointer, _ take: (BulkResult) throws(ImportError) -> Void
    ) throws(ImportError) {
        if unsafe line.isEmpty { return }
        guard let result = unsafe BulkResult(line) else {
            let start = unsafe String(decoding: line.prefix(80), as: UTF8.self)
            throw .strangeAnswer("this is no line of a bulk report: \(start)")
        }
        try take(result)
    }

    private mutating func keep(_ bytes: UnsafeRawBufferPointer) throws(ImportError) {
        guard unfinished.count + bytes.count <= ImportLimits.reportLineBytesMax else {
            throw .strangeAnswer(
                "a line of the report has more than \(ImportLimits.reportLineBytesMax) bytes")
        }
        unsafe unfinished.append(bytes)
    }
}
