import Bytes
import Routing

/// Consecutive lines of a bulk load: those that read as records, and those that do not.
struct BulkChunk<Record: Sendable>: Load {
    private(set) var records: [Record] = []
    /// The number of the line that each record stood in.
    private(set) var lines: [Int] = []
    private(set) var refusals: [(line: Int, error: APIError)] = []
    private var bytes = 0

    var isEmpty: Bool { records.isEmpty && refusals.isEmpty }

    var isFull: Bool {
        records.count + refusals.count >= BulkLimits.recordsPerCommitMax
            || bytes >= BulkLimits.bytesPerCommitMax
    }

    /// `bytes` are those of the line: what it will hold in memory, more or less.
    mutating func add(_ record: Record, line: Int, bytes: Int) {
        records.append(record)
        lines.append(line)
        self.bytes += bytes
    }

    mutating func refuse(line: Int, _ error: APIError) {
        refusals.append((line, error))
        bytes += BulkChunk.refusalBytes
    }

    mutating func append(_ other: consuming BulkChunk) {
        if isEmpty {
            self = other
        } else {
            records += other.records
            lines += other.lines
            refusals += other.refusals
            bytes += other.bytes
        }
    }

    /// A sentence or two.
    private static var refusalBytes: Int { 256 }
}
