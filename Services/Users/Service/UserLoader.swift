import JSON
import Records
import SQLite

/// Keeps the lines of a bulk load, each chunk in one commit.
struct UserLoader: BulkLoader {
    let store: Store

    static func record(_ line: UnsafeRawBufferPointer) throws -> UserLine {
        try unsafe UserLine.decode(line)
    }

    func load(_ lines: [UserLine]) async throws -> [BulkOutcome] {
        try await store.write { transaction in
            var inserts = try UserInserts(transaction)
            var outcomes: [BulkOutcome] = []
            outcomes.reserveCapacity(lines.count)
            for line in lines { outcomes.append(try inserts.load(line, transaction)) }
            try inserts.finish(transaction)
            return outcomes
        }
    }
}
