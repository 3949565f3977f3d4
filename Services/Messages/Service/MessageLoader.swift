import Outbox
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
            try MessageLoader.tell(outcomes, transaction)
            return outcomes
        }
    }

    /// One event for all that was added: an event each would cost more than the messages.
    private static func tell(
        _ outcomes: [BulkOutcome], _ transaction: borrowing Transaction
    ) throws {
        let added = outcomes.compactMap { outcome -> Int64? in
            if case .added(let id) = outcome { id } else { nil }
        }
        guard let first = added.min(), let last = added.max() else { return }
        try Outbox.append(.resync(Messages.snapshotKind, first...last), in: transaction)
        try transaction.run(Messages.Queries.interpretAgain, first - 1)
    }
}
