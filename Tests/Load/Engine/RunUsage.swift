/// Where the machine's time went between the two samples of a run.
struct RunUsage: Sendable {
    /// Answers that arrived between the samples, by the second: the throughput of the window.
    let answersPerSecond: Double
    let processes: [ProcessUsage]
    /// Names of watched processes that ended during the run.
    let vanished: [String]
    let ownMicrosecondsPerRequest: Double?
    let ownCores: Double
    let processors: Int
    /// Cores' worth of work by processes that are neither watched nor `load`.
    let otherCores: Double?
    /// Cores' worth of time that the host gave to other guests.
    let stolenCores: Double?

    /// CPU of all watched processes together; nil when none was watched or nothing was answered.
    var cpuMicrosecondsPerRequest: Double? {
        let parts = processes.compactMap(\.cpuMicrosecondsPerRequest)
        return parts.isEmpty ? nil : parts.reduce(0, +)
    }
}

extension RunUsage {
    init(watched: [WatchedProcess], from before: RunSample, to after: RunSample) {
        let elapsed = max(1, after.instant - before.instant)
        let answered = after.answered - before.answered
        let own = after.ownCPUNanoseconds - before.ownCPUNanoseconds
        var processes: [ProcessUsage] = []
        var vanished: [String] = []
        for (index, process) in watched.enumerated() {
            guard let first = before.processes[index], let last = after.processes[index] else {
                vanished.append(process.name)
                continue
            }
            processes.append(
                ProcessUsage(
                    name: process.name, from: first, to: last, requests: answered,
                    elapsedNanoseconds: elapsed))
        }
        answersPerSecond = Double(answered) * Double(Nanoseconds.second) / Double(elapsed)
        self.processes = processes
        self.vanished = vanished
        ownMicrosecondsPerRequest = Rate.per(
            answered, Double(own) / Double(Nanoseconds.microsecond))
        ownCores = Double(own) / Double(elapsed)
        processors = MachineSample.processors
        guard let first = before.machine, let last = after.machine else {
            otherCores = nil
            stolenCores = nil
            return
        }
        let busy = last.busyNanoseconds - first.busyNanoseconds
        let ours = own + processes.reduce(0) { $0 + $1.cpuNanoseconds }
        otherCores = Double(max(0, busy - ours)) / Double(elapsed)
        let stolen = last.stolenNanoseconds - first.stolenNanoseconds
        stolenCores = Double(stolen) / Double(elapsed)
    }
}
