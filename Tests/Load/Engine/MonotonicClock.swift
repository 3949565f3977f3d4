import Glibc

/// The clock that every duration of a run is read from; never steps, counts nanoseconds.
enum MonotonicClock {
    static func now() -> Int { read(CLOCK_MONOTONIC) }

    /// Nanoseconds of a clock of the kernel, for instance the CPU time of a process.
    static func read(_ clock: clockid_t) -> Int {
        var time = timespec()
        unsafe clock_gettime(clock, &time)
        return time.tv_sec * Nanoseconds.second + time.tv_nsec
    }

    static func sleep(nanoseconds: Int) {
        guard nanoseconds > 0 else { return }
        var time = timespec(
            tv_sec: nanoseconds / Nanoseconds.second, tv_nsec: nanoseconds % Nanoseconds.second)
        unsafe nanosleep(&time, nil)
    }
}
