import Glibc

/// What an owner may decide about a store; the defaults are right for a service.
package struct StoreSettings: Sendable {
    /// How long to wait for another connection's lock before failing as `busy`.
    package var busyTimeoutMilliseconds = StoreLimits.busyTimeoutMilliseconds

    /// Writes that may wait; one more fails as `overloaded`.
    package var pendingWritesMax = StoreLimits.pendingWritesMax

    /// Writes that may share one commit; 1 gives each its own.
    package var requestsPerCommitMax = StoreLimits.requestsPerCommitMax

    /// Milliseconds since 1970, asked once for each transaction.
    package var clock: @Sendable () -> Int64 = StoreSettings.systemClock

    /// Whether the calling thread is in a turn, after which it will call `Store.endTurn`: the reads
    /// of a turn share one transaction.
    package var isInTurn: @Sendable () -> Bool = { false }

    /// The defaults.
    package init() {}

    /// The machine's own time, in milliseconds since 1970.
    package static let systemClock: @Sendable () -> Int64 = {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }
}
