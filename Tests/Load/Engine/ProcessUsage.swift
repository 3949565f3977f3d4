/// What a watched process spent between two samples.
struct ProcessUsage: Sendable {
    let name: String
    let pids: [Int32]
    let cpuNanoseconds: Int
    /// nil when there was no answer to divide by.
    let cpuMicrosecondsPerRequest: Double?
    /// 1.0 is one processor, busy all the time.
    let cores: Double
    /// CPU time spent outside the kernel, 0…1; nil below the 10 ms that the kernel resolves.
    let userShare: Double?
    let voluntarySwitchesPerRequest: Double?
    let involuntarySwitchesPerRequest: Double?
    let residentBytes: Int
    let residentPeakBytes: Int

    init(
        name: String, from before: ProcessSample, to after: ProcessSample, requests: Int,
        elapsedNanoseconds: Int
    ) {
        self.name = name
        pids = after.pids
        cpuNanoseconds = after.cpuNanoseconds(since: before)
        cpuMicrosecondsPerRequest = Rate.per(
            requests, Double(cpuNanoseconds) / Double(Nanoseconds.microsecond))
        cores = Double(cpuNanoseconds) / Double(elapsedNanoseconds)
        let user = after.userTicks - before.userTicks
        let system = after.systemTicks - before.systemTicks
        userShare = user + system > 0 ? Double(user) / Double(user + system) : nil
        voluntarySwitchesPerRequest = Rate.per(
            requests, Double(after.voluntarySwitches - before.voluntarySwitches))
        involuntarySwitchesPerRequest = Rate.per(
            requests, Double(after.involuntarySwitches - before.involuntarySwitches))
        residentBytes = after.residentBytes
        residentPeakBytes = after.residentPeakBytes
    }
}

/// Division that knows that nothing cannot be divided by.
enum Rate {
    static func per(_ count: Int, _ amount: Double) -> Double? {
        count > 0 ? amount / Double(count) : nil
    }
}
