package import SQLite

/// Compacts an outbox from time to time.
package actor Compactor {
    private let compaction: Compaction
    private let clock: FeedClock
    private let onFailure: @Sendable (any Error) -> Void
    private var loop: Task<Void, Never>?

    /// `onFailure` hears of a walk that had to be given up; the next one begins anew.
    package init(
        store: Store, clock: FeedClock = .system,
        onFailure: @escaping @Sendable (any Error) -> Void
    ) {
        compaction = Compaction(store: store, clock: clock)
        self.clock = clock
        self.onFailure = onFailure
    }

    /// Walks once every ten minutes until `stop`.
    package func start() {
        precondition(loop == nil, "a compactor is started once")
        loop = Task {
            while !Task.isCancelled {
                await clock.sleep(OutboxLimits.compactionPauseMilliseconds)
                if Task.isCancelled { return }
                do { try await compaction.run() } catch { onFailure(error) }
            }
        }
    }

    /// Returns when the step it is in has been committed.
    package func stop() async {
        loop?.cancel()
        await loop?.value
        loop = nil
    }
}
