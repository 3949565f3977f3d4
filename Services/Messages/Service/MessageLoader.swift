import Records
import SQLite

/// Keeps the lines of a bulk load, each chunk in one commit.
struct MessageLoader: BulkLoader {
    let store: Store

    static func record(_ line: UnsafeRawBufferPointer) throws -> MessageLine {
        try unsafe MessageLine.read(line)
    }

    func load(_ lines: [MessageLine]) async throws -> [BulkOutcome] {
        try await store.write { transaction in
            try transaction.run(Messages.Queries.widenCache)
            var inserts = try MessageInserts(transaction)
            var outcomes: [BulkOutcome] = []
            outcomes.reserveCapacity(lines.count)
            for line in lines { outcomes.append(try inserts.load(line, transaction)) }
            try inserts.finish(transaction)
            return outcomes
        }
    }
}
