import Bytes
import Glibc

/// Where the lines end in some bytes.
enum LineCount {
    /// Moves `position` past `bytes`.
    static func advance(_ position: inout FilePosition, over bytes: UnsafeRawBufferPointer) {
        var start = 0
        while let end = unsafe lineFeed(in: bytes, from: start) {
            position.line += 1
            position.column = 1
            start = end + 1
        }
        position.column += bytes.count - start
        position.offset += bytes.count
    }

    /// Where the first line feed at or after `start` lies.
    static func lineFeed(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard let base = bytes.baseAddress, start < bytes.count else { return nil }
        let found = unsafe memchr(base + start, Int32(ASCII.lineFeed), bytes.count - start)
        return unsafe found.map { unsafe UnsafeRawPointer($0) - base }
    }
}
