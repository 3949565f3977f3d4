import CSQLite
import Glibc

/// Waits while another connection holds a lock that is needed here: short pauses at first, since
/// most commits take less than a millisecond, and never longer than the timeout.
final class BusyWait {
    private let statistics: StoreStatistics
    private var startedMilliseconds: Int64 = 0

    /// How long one statement may wait in all.
    var milliseconds: Int64

    init(milliseconds: Int64, statistics: StoreStatistics) {
        self.milliseconds = milliseconds
        self.statistics = statistics
    }

    /// From now on `handle` waits through this object, which must live as long.
    func install(on handle: OpaquePointer) {
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe sqlite3_busy_handler(
            handle,
            { context, attempt in
                guard let context = unsafe context else { return 0 }
                let wait = unsafe Unmanaged<BusyWait>.fromOpaque(context).takeUnretainedValue()
                return wait.pause(attempt: attempt) ? 1 : 0
            }, context)
    }

    /// False when the time is used up.
    func pause(attempt: Int32) -> Bool {
        let now = BusyWait.monotonicMilliseconds()
        if attempt == 0 { startedMilliseconds = now }
        guard now - startedMilliseconds < milliseconds else { return false }
        statistics.retriedBusy()
        let pause = StoreLimits.busyPauseMicroseconds << UInt32(min(attempt, 4))
        usleep(min(pause, StoreLimits.busyPauseMicrosecondsMax))
        return true
    }

    private static func monotonicMilliseconds() -> Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }
}
