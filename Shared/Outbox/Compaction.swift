package import SQLite

/// Keeps an outbox as small as what it has to say: states that a newer one has superseded go after
/// an hour, facts after two weeks; the newest state of everything stays for ever.
///
/// It walks over the rows by their seq, looks at a bounded number at a time without holding anybody
/// up, and removes what it found in one short transaction. Several processes may do so at once.
package struct Compaction: Sendable {
    /// One row as the walk sees it.
    struct Candidate: Sendable {
        let seq: Int64
        let isFact: Bool
        let isOver: Bool
    }

    private let store: Store
    private let clock: FeedClock

    /// `store` has the tables of `Outbox.schema`.
    package init(store: Store, clock: FeedClock = .system) {
        self.store = store
        self.clock = clock
    }

    /// Walks over the whole outbox once; returns how many rows were removed. Ends early when the
    /// task is cancelled.
    @discardableResult
    package func run() async throws -> Int {
        var removed = 0
        var place: Int64? = 0
        while let after = place, !Task.isCancelled {
            let step = try await step(after: after)
            removed += step.removed
            place = step.next
            await Task.yield()
        }
        return removed
    }

    /// Looks at the next rows after `after`; `next` is nil at the end.
    func step(after: Int64) async throws -> (removed: Int, next: Int64?) {
        let now = clock.now()
        let rows = try store.read { reader in
            try reader.all(
                Outbox.Queries.candidates, after, OutboxLimits.compactionRowsMax,
                now - OutboxLimits.factMilliseconds, now - OutboxLimits.supersededMilliseconds)
        }
        let over = rows.filter(\.isOver)
        if !over.isEmpty {
            // What is over stays so: a newer state is never removed but by an even newer one.
            try await store.write { transaction in
                for row in over { try transaction.run(Outbox.Queries.remove, row.seq) }
                if let fact = over.last(where: \.isFact) {
                    try transaction.run(Outbox.Queries.raiseFloor, fact.seq)
                }
            }
        }
        let isEnd = rows.count < OutboxLimits.compactionRowsMax
        return (over.count, isEnd ? nil : rows.last?.seq)
    }
}
