import Bytes
package import SQLite
import Synchronization

/// The feed of a store in this process: what the routes serve, and what the modules of a monolith
/// read from each other.
///
/// A waiting poll is woken by every commit of its own store object. Those of other processes over
/// the same file it finds by looking: the first one within a second, the next within 50 ms for as
/// long as they go on.
package final class LocalFeed: FeedSource {
    private let store: Store
    private let tables: [String: SnapshotTable]
    private let clock: FeedClock
    private let signal = FeedSignal()
    private let waiting = Atomic<Int>(0)
    private let pages = Atomic<Int>(0)
    private let gone = Atomic<Int>(0)
    /// Until when others are expected to write.
    private let othersUntil = Atomic<Int64>(0)
    private let isDraining = Atomic<Bool>(false)

    /// `store` has the tables of `Outbox.schema`. One feed for each store is enough.
    package init(store: Store, tables: [SnapshotTable] = [], clock: FeedClock = .system) {
        self.store = store
        self.clock = clock
        self.tables = Dictionary(uniqueKeysWithValues: tables.map { ($0.kind, $0) })
        store.afterEachCommit { [signal] in signal.raise() }
    }

    /// The kinds that `snapshot` knows.
    package var kinds: [String] { tables.keys.sorted() }

    package func page(
        after: Int64, epoch: String?, limit: Int, waitMilliseconds: Int
    ) async throws -> FeedPage {
        let deadline = clock.now() + Int64(waitMilliseconds)
        let isFirst = waiting.add(1, ordering: .relaxed).newValue <= OutboxLimits.waitingPollsMax
        defer { waiting.subtract(1, ordering: .relaxed) }
        var isUntold = false
        while true {
            let generation = signal.generation
            let page = try look(after: after, epoch: epoch, limit: limit)
            let now = clock.now()
            guard case .events([], _) = page, now < deadline, isFirst, !isEnding else {
                if isUntold { noteOthers(page, now) }
                return count(page)
            }
            let pause = min(deadline - now, lookMilliseconds(now))
            await signal.wait(since: generation, milliseconds: Int(pause), clock)
            try Task.checkCancellation()
            isUntold = signal.generation == generation
        }
    }

    /// Rows and position are of one state of the store.
    package func snapshot(kind: String, afterKey: EventKey?, limit: Int) throws -> SnapshotPage {
        guard let table = tables[kind] else { throw FeedError.unknownSnapshot(kind: kind) }
        let limit = min(max(limit, 1), OutboxLimits.snapshotRowsMax)
        return try store.snapshot { reader in
            let state = try reader.one(Outbox.Queries.state)
            let rows = try table.rows(reader, afterKey, limit)
            precondition(rows.count <= limit, "a snapshot gives as many rows as it was asked for")
            let kept = LocalFeed.prefix(of: rows)
            let isAll = kept == rows.count && rows.count < limit
            return SnapshotPage(
                rows: Array(rows[..<kept]), state: state, next: isAll ? nil : rows[kept - 1].key)
        }
    }

    /// From now on nobody waits, and those who do are answered: for a process that ends.
    package func drain() {
        isDraining.store(true, ordering: .releasing)
        signal.raise()
    }

    /// What is to be said of the feed in metrics. Reads the store once.
    package func figures() throws -> FeedFigures {
        let state = try store.read { try $0.one(Outbox.Queries.state) }
        return FeedFigures(
            state: state, openPolls: waiting.load(ordering: .relaxed),
            pages: pages.load(ordering: .relaxed), goneAnswers: gone.load(ordering: .relaxed))
    }

    /// How many polls are asleep until the next commit: for tests that order events.
    var sleepingPolls: Int { signal.waiting }

    private var isEnding: Bool { isDraining.load(ordering: .acquiring) }

    private func lookMilliseconds(_ now: Int64) -> Int64 {
        let areThereOthers = now < othersUntil.load(ordering: .relaxed)
        return Int64(
            areThereOthers ? OutboxLimits.lookOftenMilliseconds : OutboxLimits.lookMilliseconds)
    }

    /// Events that no commit of this store object has brought were written by others.
    private func noteOthers(_ page: FeedPage, _ now: Int64) {
        if case .events([], _) = page { return }
        othersUntil.store(now + OutboxLimits.lookOftenForMilliseconds, ordering: .relaxed)
    }

    /// Most looks of a waiting poll find nothing, for the price of one row.
    private func look(after: Int64, epoch: String?, limit: Int) throws -> FeedPage {
        let state = try store.read { try $0.one(Outbox.Queries.state) }
        if state.isGone(after, epoch) { return .gone(state) }
        if state.head == after { return .events([], state) }
        return try store.snapshot { reader in
            let state = try reader.one(Outbox.Queries.state)
            if state.isGone(after, epoch) { return .gone(state) }
            var entries: [FeedEntry] = []
            var bytes = 0
            let limit = min(max(limit, 1), OutboxLimits.pageEventsAskedMax)
            try reader.forEachRow(Outbox.Queries.page, after, limit) { row in
                // What lies beyond is left where it is: its body is not read.
                if bytes >= OutboxLimits.pageBytesMax { return }
                let entry = FeedEntry(row: row)
                bytes += entry.event.lineBytes
                entries.append(entry)
            }
            return .events(entries, state)
        }
    }

    private func count(_ page: FeedPage) -> FeedPage {
        pages.add(1, ordering: .relaxed)
        if case .gone = page { gone.add(1, ordering: .relaxed) }
        return page
    }

    /// How many of the rows fit a page: all but those behind the one that fills it.
    private static func prefix(of rows: [Event]) -> Int {
        var bytes = 0
        for (index, row) in rows.enumerated() {
            bytes += row.lineBytes
            if bytes >= OutboxLimits.pageBytesMax { return index + 1 }
        }
        return rows.count
    }
}

extension FeedState {
    /// Whether a reader at `after` cannot go on from there. A position that this outbox has not
    /// reached yet comes from a file that was replaced by an older one.
    fileprivate func isGone(_ after: Int64, _ epoch: String?) -> Bool {
        after < floor || after > head || (epoch != nil && epoch != self.epoch)
    }
}

extension Event {
    /// Bytes of its line at most, more or less.
    fileprivate var lineBytes: Int {
        let keyBytes = if case .text(let text) = key { 6 * text.utf8.count } else { 20 }
        return body.count + keyBytes + kind.utf8.count + 128
    }
}
