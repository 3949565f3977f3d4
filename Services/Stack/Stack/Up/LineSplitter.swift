import Bytes

/// Cuts the output of a process into lines. Pure; holds at most one unfinished line.
struct LineSplitter: ~Copyable {
    /// A longer line is cut: a log line is a sentence and some figures.
    static let lineBytesMax = 16 << 10

    private var unfinished = ByteBuffer()

    init() {}

    /// Calls `take` with each line that `bytes` end.
    mutating func split(_ bytes: UnsafeRawBufferPointer, _ take: (String) -> Void) {
        var start = 0
        while let end = unsafe LineCount.lineFeed(in: bytes, from: start) {
            unsafe keep(UnsafeRawBufferPointer(rebasing: bytes[start..<end]), take)
            finish(take)
            start = end + 1
        }
        unsafe keep(UnsafeRawBufferPointer(rebasing: bytes[start...]), take)
    }

    /// Calls `take` with the last line if nothing ended it.
    mutating func end(_ take: (String) -> Void) {
        if !unfinished.isEmpty { finish(take) }
    }

    private mutating func keep(_ bytes: UnsafeRawBufferPointer, _ take: (String) -> Void) {
        var rest = unsafe bytes[...]
        while unsafe unfinished.count + rest.count > LineSplitter.lineBytesMax {
            let room = LineSplitter.lineBytesMax - unfinished.count
            unsafe unfinished.append(UnsafeRawBufferPointer(rebasing: rest.prefix(room)))
            unsafe rest = rest.dropFirst(room)
            finish(take)
        }
        unsafe unfinished.append(UnsafeRawBufferPointer(rebasing: rest))
    }

    private mutating func finish(_ take: (String) -> Void) {
        unsafe take(String(decoding: unfinished.readable, as: UTF8.self))
        unfinished.removeAll()
    }
}
