/// What this project needs of `/proc/PID/stat` (proc(5)).
struct ProcessStat: Equatable {
    let parent: Int32
    let userTicks: Int
    let systemTicks: Int

    /// nil when the process is gone.
    static func read(_ pid: Int32) -> ProcessStat? {
        ProcFile.read("/proc/\(pid)/stat").flatMap(ProcessStat.init)
    }

    /// nil when the text is not a stat line.
    init?(_ text: String) {
        // The name stands in parentheses and may itself hold spaces and parentheses.
        guard let nameEnd = text.lastIndex(of: ")") else { return nil }
        let fields = text[text.index(after: nameEnd)...].split(separator: " ")
        guard fields.count > 12, let parent = Int32(fields[1]), let user = Int(fields[11]),
            let system = Int(fields[12])
        else { return nil }
        self.parent = parent
        userTicks = user
        systemTicks = system
    }
}

/// What this project needs of `/proc/PID/status` and `/proc/PID/task/TID/status`.
struct ProcessStatus: Equatable {
    var voluntarySwitches = 0
    var involuntarySwitches = 0
    var residentBytes = 0
    var residentPeakBytes = 0

    init(_ text: String) {
        for line in text.split(separator: "\n") {
            let fields = line.split { $0 == "\t" || $0 == " " }
            guard fields.count > 1, let value = Int(fields[1]) else { continue }
            switch fields[0] {
            case "voluntary_ctxt_switches:": voluntarySwitches = value
            case "nonvoluntary_ctxt_switches:": involuntarySwitches = value
            case "VmRSS:": residentBytes = value << 10
            case "VmHWM:": residentPeakBytes = value << 10
            default: break
            }
        }
    }
}
