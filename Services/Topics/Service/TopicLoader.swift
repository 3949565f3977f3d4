import JSON
import Records
import SQLite

/// Keeps the lines of a bulk load, each chunk in one commit.
struct TopicLoader: BulkLoader {
    let store: Store

    static func record(_ line: UnsafeRawBufferPointer) throws -> TopicLine {
        try unsafe TopicLine.decode(line)
    }

    func load(_ lines: [TopicLine]) async throws -> [BulkOutcome] {
        try await store.write { transaction in
            var inserts = try TopicInserts(transaction)
            var outcomes: [BulkOutcome] = []
            outcomes.reserveCapacity(lines.count)
            for line in lines { outcomes.append(try inserts.load(line, transaction)) }
            try inserts.finish(transaction)
            try inserts.tell(transaction)
            return outcomes
        }
    }
}
