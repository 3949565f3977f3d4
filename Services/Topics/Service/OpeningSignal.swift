import Outbox
import SQLite
import Synchronization

/// Wakes those who wait for the messages service to take an opening text, as soon as this process
/// has committed that it did.
final class OpeningSignal: Sendable {
    private let signal = FeedSignal()
    private let isNoted = Atomic<Bool>(false)

    /// Wakes after commits of `store`.
    init(_ store: Store) {
        store.afterEachCommit { [self] in
            if isNoted.exchange(false, ordering: .relaxed) { signal.raise() }
        }
    }

    /// Says, inside a transaction, that an opening post is written by it. If that is undone, those
    /// who wait look once in vain.
    func note() { isNoted.store(true, ordering: .relaxed) }

    /// How often somebody was woken.
    var generation: Int { signal.generation }

    /// Returns once somebody was woken after `generation`, after so many milliseconds, or when the
    /// task is cancelled.
    func wait(since generation: Int, milliseconds: Int, _ clock: FeedClock) async {
        await signal.wait(since: generation, milliseconds: milliseconds, clock)
    }
}
