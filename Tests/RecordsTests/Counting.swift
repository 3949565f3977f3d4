import Bytes
import HTTP
import Records

/// Keeps nothing: every record is new.
struct Counting: BulkLoader {
    var onLoad: @Sendable ([Int]) async throws -> Void = { _ in }

    static func record(_ line: UnsafeRawBufferPointer) throws -> Int {
        guard let number = DecimalText.parse(line) else {
            throw HTTPFault(.badRequest, "no-number", "a number is expected")
        }
        return Int(number)
    }

    func load(_ records: [Int]) async throws -> [BulkOutcome] {
        try await onLoad(records)
        return records.map { .added(Int64($0)) }
    }
}
