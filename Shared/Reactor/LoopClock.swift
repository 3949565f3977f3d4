import CLinux
import Glibc

/// The two clocks a loop reads, without a system call where the kernel allows it.
package enum LoopClock {
    /// Milliseconds that only grow; their zero means nothing.
    package static func monotonicMilliseconds() -> Int64 { monotonicNanoseconds() / 1_000_000 }

    /// Nanoseconds that only grow, for durations.
    package static func monotonicNanoseconds() -> Int64 { read(CLOCK_MONOTONIC) }

    /// Milliseconds since 1970, as the host believes.
    package static func wallMilliseconds() -> Int64 { read(CLOCK_REALTIME) / 1_000_000 }

    private static func read(_ clock: clockid_t) -> Int64 {
        var time = timespec()
        _ = unsafe clock_gettime(clock, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
