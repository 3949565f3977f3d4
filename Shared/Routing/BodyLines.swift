package import Bytes
import Glibc
package import HTTP

/// The lines of a body as it arrives (NDJSON), with memory for one line at most.
package struct BodyLines: ~Copyable {
    package struct Line: Sendable {
        /// Counted from one, empty lines included.
        package let number: Int
        /// Without its line end; empty if the line was too long.
        package let bytes: ByteString
        /// The line was longer than allowed and has been passed over.
        package let isTooLong: Bool
    }

    private let body: RequestBody
    private let lineBytesMax: Int
    private var isBodyTaken = false
    /// The piece being read and how far.
    private var piece = ByteString()
    private var position = 0
    /// The beginning of a line whose end is in a later piece.
    private var pending = ByteBuffer()
    private var isOverlong = false
    private var number = 0

    package init(_ body: RequestBody, lineBytesMax: Int = RoutingLimits.lineBytesMax) {
        self.body = body
        self.lineBytesMax = lineBytesMax
    }

    /// The next line that is not empty, nil at the end; the last one needs no line feed. Throws
    /// what the body throws.
    package mutating func next() async throws(HTTPFault) -> Line? {
        while true {
            if let line = takeLine() {
                if line.isTooLong || !line.bytes.isEmpty { return line }
                continue
            }
            guard let piece = try await nextPiece() else { return lastLine() }
            self.piece = piece
            position = 0
        }
    }

    private mutating func nextPiece() async throws(HTTPFault) -> ByteString? {
        if case .stream(let source) = body { return try await source.next() }
        if isBodyTaken { return nil }
        isBodyTaken = true
        return body.bytes
    }

    /// The line that ends in the current piece; nil after keeping what is left of it.
    private mutating func takeLine() -> Line? {
        let rest = piece.count - position
        guard let length = BodyLines.lineLength(piece.slice(from: position, count: rest)) else {
            keep(piece.slice(from: position, count: rest))
            piece = ByteString()
            position = 0
            return nil
        }
        let end = piece.slice(from: position, count: length)
        position += length + 1
        guard pending.isEmpty, !isOverlong else {
            keep(end)
            return lastLine()
        }
        return line(end)
    }

    private mutating func keep(_ bytes: ByteString) {
        if isOverlong || pending.count + bytes.count > lineBytesMax + 1 {
            isOverlong = true
            pending.removeAll()
        } else {
            pending.append(bytes)
        }
    }

    /// The line in `pending`; nil if there is none.
    private mutating func lastLine() -> Line? {
        guard isOverlong || !pending.isEmpty else { return nil }
        defer { isOverlong = false }
        if isOverlong { return tooLong() }
        let bytes = unsafe ByteString(copying: pending.readable)
        pending.removeAll()
        return line(bytes)
    }

    private mutating func line(_ bytes: ByteString) -> Line {
        let isReturn = unsafe bytes.withBytes { unsafe $0.last == ASCII.carriageReturn }
        let text = isReturn ? bytes.slice(from: 0, count: bytes.count - 1) : bytes
        if text.count > lineBytesMax { return tooLong() }
        number += 1
        return Line(number: number, bytes: text, isTooLong: false)
    }

    private mutating func tooLong() -> Line {
        number += 1
        return Line(number: number, bytes: ByteString(), isTooLong: true)
    }

    /// Bytes before the first line feed.
    private static func lineLength(_ bytes: ByteString) -> Int? {
        unsafe bytes.withBytes { bytes in
            guard let start = bytes.baseAddress,
                let found = unsafe memchr(start, Int32(ASCII.lineFeed), bytes.count)
            else { return nil }
            return unsafe UnsafeRawPointer(found) - start
        }
    }
}
