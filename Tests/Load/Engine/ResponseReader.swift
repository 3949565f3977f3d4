import Glibc

/// Reads the answers of one connection: bytes in, progress out; no I/O.
///
/// It looks only at what decides where an answer ends and whether the connection lives on: status,
/// `Content-Length`, `Transfer-Encoding` and `Connection`. Fragments may be cut anywhere.
struct ResponseReader: Sendable {
    enum Progress: Equatable {
        case more
        case complete
        /// The bytes are not an HTTP/1.x answer, or go on behind its end.
        case malformed
    }

    private enum State {
        case statusLine, fields, body(left: Int), untilClose
        case chunkSize, chunkData(left: Int), chunkEnd, trailers
        case done
    }

    private(set) var status = 0
    /// Whether another request may follow on the connection; known once the answer is complete.
    private(set) var keepsAlive = true
    /// False until the first byte of an answer has come.
    private(set) var hasBegun = false
    private var state = State.done
    private var answersHead = false
    private var contentLength: Int?
    private var isChunked = false
    private var linesLeft = 0
    /// The beginning of a line whose end has not come yet.
    private var cutLine: [UInt8] = []

    /// Makes ready for the answer to the request that is about to be sent.
    mutating func begin(answersHead: Bool) {
        self.answersHead = answersHead
        hasBegun = false
        cutLine.removeAll(keepingCapacity: true)
        beginHead()
    }

    /// Takes all bytes; after `complete` or `malformed` only `begin` may follow.
    mutating func read(_ bytes: Span<UInt8>) -> Progress {
        hasBegun = hasBegun || !bytes.isEmpty
        var position = 0
        while position < bytes.count {
            let available = bytes.count - position
            switch state {
            case .body(let left):
                position += min(left, available)
                state = left > available ? .body(left: left - available) : .done
            case .chunkData(let left):
                position += min(left, available)
                state = left > available ? .chunkData(left: left - available) : .chunkEnd
            case .untilClose: position = bytes.count
            case .done: return .malformed
            case .statusLine, .fields, .chunkSize, .chunkEnd, .trailers:
                guard let taken = readLine(bytes.extracting(position...)) else { return .malformed }
                position += taken
            }
        }
        if case .done = state { return .complete } else { return .more }
    }

    /// The peer has closed: the end of an answer without a length, otherwise of nothing good.
    mutating func end() -> Progress {
        guard case .untilClose = state else { return .malformed }
        state = .done
        return .complete
    }

    private mutating func beginHead() {
        state = .statusLine
        status = 0
        contentLength = nil
        isChunked = false
        linesLeft = LoadLimits.linesMax
    }

    /// How many bytes belong to the line at the start, all of them when its end is missing.
    private mutating func readLine(_ bytes: Span<UInt8>) -> Int? {
        guard let length = Self.lineLength(bytes) else {
            guard cutLine.count + bytes.count <= LoadLimits.lineBytesMax else { return nil }
            append(bytes)
            return bytes.count
        }
        guard linesLeft > 0 else { return nil }
        if cutLine.isEmpty { return take(bytes.extracting(..<length)) ? length + 1 : nil }
        append(bytes.extracting(..<length))
        let line = cutLine
        cutLine.removeAll(keepingCapacity: true)
        return take(line.span) ? length + 1 : nil
    }

    private mutating func append(_ bytes: Span<UInt8>) {
        for index in bytes.indices { cutLine.append(bytes[index]) }
    }

    /// Bytes before the first line feed.
    private static func lineLength(_ bytes: Span<UInt8>) -> Int? {
        unsafe bytes.withUnsafeBufferPointer { buffer in
            guard let base = buffer.baseAddress,
                let found = unsafe memchr(base, Int32(ASCIIText.lineFeed), buffer.count)
            else { return nil }
            return unsafe UnsafeRawPointer(found) - UnsafeRawPointer(base)
        }
    }

    /// Acts on a line without its line feed; false when it is not what may stand here.
    private mutating func take(_ line: Span<UInt8>) -> Bool {
        let hasReturn = line.count > 0 && line[line.count - 1] == ASCIIText.carriageReturn
        let line = line.extracting(..<(hasReturn ? line.count - 1 : line.count))
        switch state {
        case .statusLine: return takeStatus(line)
        case .fields:
            linesLeft -= 1
            return line.isEmpty ? endHead() : takeField(line)
        case .chunkSize: return takeChunkSize(line)
        case .chunkEnd:
            state = .chunkSize
            return line.isEmpty
        case .trailers:
            linesLeft -= 1
            if line.isEmpty { state = .done }
            return true
        case .body, .chunkData, .untilClose, .done: return false
        }
    }

    private mutating func takeStatus(_ line: Span<UInt8>) -> Bool {
        guard line.count >= 12, ResponseField.starts(line, with: "http/1."),
            line[8] == ASCIIText.space
        else { return false }
        for index in 9..<12 {
            guard ASCIIText.isDigit(line[index]) else { return false }
            status = status * 10 + Int(line[index] &- ASCIIText.zero)
        }
        keepsAlive = line[7] != ASCIIText.zero
        state = .fields
        return (100...599).contains(status)
    }

    private mutating func takeField(_ line: Span<UInt8>) -> Bool {
        switch ResponseField(line) {
        case .contentLength(let length):
            guard let length, contentLength == nil || contentLength == length else { return false }
            contentLength = length
        case .transferEncoding(let isChunked):
            // A coding that does not end in `chunked` is delimited by the close.
            self.isChunked = isChunked
            if !isChunked { keepsAlive = false }
        case .connection(let keepsAlive): self.keepsAlive = keepsAlive
        case .other: break
        }
        return true
    }

    private mutating func endHead() -> Bool {
        if status == 101 {
            // Nothing here speaks the protocol that follows.
            keepsAlive = false
            state = .done
        } else if status < 200 {
            beginHead()
        } else if answersHead || status == 204 || status == 304 {
            state = .done
        } else if isChunked {
            state = .chunkSize
        } else if let contentLength {
            state = contentLength == 0 ? .done : .body(left: contentLength)
        } else {
            keepsAlive = false
            state = .untilClose
        }
        return true
    }

    private mutating func takeChunkSize(_ line: Span<UInt8>) -> Bool {
        var size = 0
        var digits = 0
        while digits < line.count, let digit = ASCIIText.hexDigit(line[digits]) {
            guard digits < 15 else { return false }
            size = size << 4 + digit
            digits += 1
        }
        guard digits > 0 else { return false }
        if digits < line.count {
            guard line[digits] == UInt8(ascii: ";") || line[digits] == ASCIIText.space else {
                return false
            }
        }
        linesLeft = LoadLimits.linesMax
        state = size == 0 ? .trailers : .chunkData(left: size)
        return true
    }
}
