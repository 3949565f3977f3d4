import Bytes
import HTTP
import JSON
import Routing

/// Writes what became of each line, one JSON object a line, and counts.
struct BulkReport {
    private let writer: any BodyWriter
    /// Only lines that failed are reported, and the counts.
    private let isMinimal: Bool
    private var lines = 0
    private var added = 0
    private var unchanged = 0
    private var failed = 0

    init(to writer: any BodyWriter, isMinimal: Bool) {
        self.writer = writer
        self.isMinimal = isMinimal
    }

    /// Reports a chunk in the order of its lines.
    mutating func write<Record>(
        _ chunk: BulkChunk<Record>, _ outcomes: [BulkOutcome]
    ) async throws {
        precondition(outcomes.count == chunk.records.count, "each record has one outcome")
        var refusals = chunk.refusals[...]
        var index = 0
        while index < outcomes.count || !refusals.isEmpty {
            var json = JSONWriter(capacity: BulkLimits.reportBytes + 1024)
            while json.count < BulkLimits.reportBytes {
                if let refusal = refusals.first,
                    index == outcomes.count || refusal.line < chunk.lines[index]
                {
                    refusals.removeFirst()
                    write(refusal.line, .refused(refusal.error), &json)
                } else if index < outcomes.count {
                    write(chunk.lines[index], outcomes[index], &json)
                    index += 1
                } else {
                    break
                }
            }
            if json.count > 0 { try await writer.write(json.finish()) }
        }
    }

    /// Reports the counts: the last line of every answer that is whole.
    func finish() async throws {
        var json = JSONWriter()
        json.beginObject()
        json.key("summary")
        json.beginObject()
        json.key("lines")
        json.integer(lines)
        json.key("added")
        json.integer(added)
        json.key("unchanged")
        json.integer(unchanged)
        json.key("failed")
        json.integer(failed)
        json.endObject()
        json.endObject()
        json.endLine()
        try await writer.write(json.finish())
    }

    private mutating func write(_ line: Int, _ outcome: BulkOutcome, _ json: inout JSONWriter) {
        lines += 1
        switch outcome {
        case .added: added += 1
        case .unchanged: unchanged += 1
        case .refused: failed += 1
        }
        if isMinimal, !outcome.isRefusal { return }
        json.beginObject()
        json.key("line")
        json.integer(line)
        switch outcome {
        case .added(let id):
            json.key("id")
            json.integer(id)
        case .unchanged(let id):
            json.key("id")
            json.integer(id)
            json.key("state")
            json.string("unchanged")
        case .refused(let error):
            json.key("problem")
            var problem = Problem(error.code, detail: error.detail)
            problem.errors = error.errors
            json.raw(problem.json)
        }
        json.endObject()
        json.endLine()
    }
}
