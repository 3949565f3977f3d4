package import Bytes
import Glibc

/// Cuts a stream of bytes into lines at each line feed, whatever pieces it arrives in. Pure: bytes
/// in, lines out. Holds at most one unfinished line.
package struct LineCutter: ~Copyable {
    /// Is lent a line without its line feed and a carriage return before it; nil for one that is
    /// longer than the limit.
    package typealias Take = (UnsafeRawBufferPointer?) -> Void

    private let bytesMax: Int
    private var unfinished = ByteBuffer()
    private var isDropping = false

    /// Lines of more than `bytesMax` bytes come out as nil.
    package init(bytesMax: Int = BulkLimits.lineBytesMax) { self.bytesMax = bytesMax }

    /// Calls `take` with each line that `piece` ends.
    package mutating func cut(_ piece: ByteString, _ take: Take) {
        unsafe piece.withBytes { bytes in
            var start = 0
            while let end = unsafe LineCutter.lineFeed(in: bytes, from: start) {
                unsafe finish(UnsafeRawBufferPointer(rebasing: bytes[start..<end]), take)
                start = end + 1
            }
            unsafe keep(UnsafeRawBufferPointer(rebasing: bytes[start...]))
        }
    }

    /// Calls `take` with the last line if no line feed ended it.
    package mutating func end(_ take: Take) {
        guard isDropping || !unfinished.isEmpty else { return }
        unsafe finish(UnsafeRawBufferPointer(start: nil, count: 0), take)
    }

    /// A line of which `rest` is the end: usually all of it, and then nothing is copied.
    private mutating func finish(_ rest: UnsafeRawBufferPointer, _ take: Take) {
        if unfinished.isEmpty && !isDropping {
            unsafe give(rest, take)
        } else {
            unsafe keep(rest)
            unsafe give(unfinished.readable, take)
            unfinished.removeAll()
        }
        isDropping = false
    }

    private func give(_ bytes: UnsafeRawBufferPointer, _ take: Take) {
        if isDropping || bytes.count > bytesMax { return take(nil) }
        let hasReturn = unsafe bytes.last == ASCII.carriageReturn
        unsafe take(hasReturn ? UnsafeRawBufferPointer(rebasing: bytes.dropLast()) : bytes)
    }

    private mutating func keep(_ bytes: UnsafeRawBufferPointer) {
        if isDropping { return }
        if unfinished.count + bytes.count > bytesMax {
            isDropping = true
            unfinished.release()
        } else {
            unsafe unfinished.append(bytes)
        }
    }

    private static func lineFeed(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        guard let base = bytes.baseAddress, start < bytes.count else { return nil }
        let found = unsafe memchr(base + start, Int32(ASCII.lineFeed), bytes.count - start)
        return unsafe found.map { unsafe UnsafeRawPointer($0) - base }
    }
}
