import Glibc

/// The counters of one process, or of a process with its children, at one instant.
struct ProcessSample: Sendable {
    /// CPU time by process, for the sum must not shrink when a child ends.
    private var cpuByPID: [Int32: Int] = [:]
    private(set) var userTicks = 0
    private(set) var systemTicks = 0
    private(set) var voluntarySwitches = 0
    private(set) var involuntarySwitches = 0
    private(set) var residentBytes = 0
    private(set) var residentPeakBytes = 0

    /// nil when the process does not exist (any more).
    init?(of process: WatchedProcess) {
        let pids =
            process.withChildren ? ProcessTree.descendants(of: process.pid) : [process.pid]
        for pid in pids { add(pid) }
        guard cpuByPID[process.pid] != nil else { return nil }
    }

    var pids: [Int32] { cpuByPID.keys.sorted() }

    /// CPU nanoseconds spent since an earlier sample, children that were born since included.
    func cpuNanoseconds(since earlier: ProcessSample) -> Int {
        cpuByPID.reduce(0) { $0 + $1.value - (earlier.cpuByPID[$1.key] ?? 0) }
    }

    private mutating func add(_ pid: Int32) {
        guard let stat = ProcessStat.read(pid) else { return }
        let ticks = stat.userTicks + stat.systemTicks
        cpuByPID[pid] = Self.cpuNanoseconds(of: pid) ?? ticks * Self.nanosecondsPerTick
        userTicks += stat.userTicks
        systemTicks += stat.systemTicks
        if let text = ProcFile.read("/proc/\(pid)/status") {
            let status = ProcessStatus(text)
            residentBytes += status.residentBytes
            residentPeakBytes += status.residentPeakBytes
        }
        for thread in ProcFile.numbers(in: "/proc/\(pid)/task") {
            guard let text = ProcFile.read("/proc/\(pid)/task/\(thread)/status") else { continue }
            let status = ProcessStatus(text)
            voluntarySwitches += status.voluntarySwitches
            involuntarySwitches += status.involuntarySwitches
        }
    }

    /// The kernel's exact sum over all threads, ended ones too; `/proc/PID/stat` rounds it.
    private static func cpuNanoseconds(of pid: Int32) -> Int? {
        var clock = clockid_t()
        guard unsafe clock_getcpuclockid(pid, &clock) == 0 else { return nil }
        return MonotonicClock.read(clock)
    }

    static let nanosecondsPerTick = Nanoseconds.second / max(1, sysconf(CInt(_SC_CLK_TCK)))
}

/// Who descends from whom, by the parents that `/proc` names.
enum ProcessTree {
    static func descendants(of root: Int32) -> [Int32] {
        var children: [Int32: [Int32]] = [:]
        for pid in ProcFile.numbers(in: "/proc") {
            guard let stat = ProcessStat.read(pid) else { continue }
            children[stat.parent, default: []].append(pid)
        }
        var found = [root]
        var next = 0
        while next < found.count {
            found += children[found[next]] ?? []
            next += 1
        }
        return found
    }
}
