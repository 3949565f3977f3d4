import Glibc

/// How busy the whole machine has been since it started, from the first line of `/proc/stat`.
struct MachineSample: Sendable, Equatable {
    let busyNanoseconds: Int
    /// Taken by other guests of the same host; no process here can see or avoid it.
    let stolenNanoseconds: Int

    static var processors: Int { max(1, sysconf(CInt(_SC_NPROCESSORS_ONLN))) }

    static func now() -> MachineSample? { ProcFile.read("/proc/stat").flatMap(MachineSample.init) }

    /// nil when the text does not begin with the sum of all processors.
    init?(_ text: String) {
        let fields = text.prefix { $0 != "\n" }.split(separator: " ")
        let ticks = fields.dropFirst().compactMap { Int($0) }
        guard fields.first == "cpu", ticks.count >= 8 else { return nil }
        // user, nice, system, idle, iowait, irq, softirq, steal
        let busy = ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6]
        busyNanoseconds = busy * ProcessSample.nanosecondsPerTick
        stolenNanoseconds = ticks[7] * ProcessSample.nanosecondsPerTick
    }
}
