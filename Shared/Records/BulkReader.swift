import Bytes
import HTTP
import Routing

/// Turns the body of a bulk load into chunks: lines are counted from 1, empty ones are passed over.
struct BulkReader<Loader: BulkLoader>: ~Copyable {
    private var cutter = LineCutter()
    private var line = 0

    /// The lines that `piece` ends.
    mutating func read(_ piece: ByteString) -> BulkChunk<Loader.Record> {
        var chunk = BulkChunk<Loader.Record>()
        var line = line
        unsafe cutter.cut(piece) { unsafe BulkReader.take($0, &line, &chunk) }
        self.line = line
        return chunk
    }

    /// The last line, if no line feed ended it.
    mutating func end() -> BulkChunk<Loader.Record> {
        var chunk = BulkChunk<Loader.Record>()
        var line = line
        unsafe cutter.end { unsafe BulkReader.take($0, &line, &chunk) }
        self.line = line
        return chunk
    }

    private static func take(
        _ content: UnsafeRawBufferPointer?, _ line: inout Int,
        _ chunk: inout BulkChunk<Loader.Record>
    ) {
        line += 1
        guard let bytes = unsafe content else { return chunk.refuse(line: line, .tooLong) }
        if bytes.count == 0 { return }
        do {
            chunk.add(try unsafe Loader.record(bytes), line: line, bytes: bytes.count)
        } catch {
            chunk.refuse(line: line, .reading(error))
        }
    }
}

extension APIError {
    fileprivate static var tooLong: APIError {
        APIError(.tooLarge, "a line has at most \(BulkLimits.lineBytesMax) bytes")
    }

    /// What is wrong with a line; a loader throws nothing but problems.
    fileprivate static func reading(_ error: any Error) -> APIError {
        (error as? any APIErrorConvertible)?.apiError ?? .malformed("the line cannot be read")
    }
}
