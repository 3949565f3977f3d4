import JSON
import Outbox
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
            try tell(outcomes, transaction)
            return outcomes
        }
    }

    /// One event for all: the other services read what was loaded from a snapshot.
    private func tell(
        _ outcomes: [BulkOutcome], _ transaction: borrowing Transaction
    ) throws {
        let added = outcomes.compactMap { outcome -> Int64? in
            if case .added(let id) = outcome { id } else { nil }
        }
        guard let first = added.min(), let last = added.max() else { return }
        try Outbox.append(.resync(UserChange.snapshotKind, first...last), in: transaction)
    }
}
