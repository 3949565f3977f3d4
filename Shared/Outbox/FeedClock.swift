import SQLite

/// The time as a value: what the clock says, and how to wait.
package struct FeedClock: Sendable {
    /// Milliseconds since 1970: the clock that the stores have, too.
    package let now: @Sendable () -> Int64
    /// Returns after so many milliseconds, or as soon as the task is cancelled.
    package let sleep: @Sendable (Int) async -> Void

    /// A clock for tests; services have `system`.
    package init(
        now: @escaping @Sendable () -> Int64, sleep: @escaping @Sendable (Int) async -> Void
    ) {
        self.now = now
        self.sleep = sleep
    }

    /// The clock of this machine.
    package static let system = FeedClock(now: StoreSettings.systemClock) { milliseconds in
        // It throws only when it is cancelled, and then there is nothing to wait for.
        try? await Task.sleep(for: .milliseconds(milliseconds))
    }
}
