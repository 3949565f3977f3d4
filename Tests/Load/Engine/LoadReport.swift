/// The result of a run: what was counted, what it cost, and what a reader must know before believing it.
struct LoadReport: Sendable {
    let plan: LoadPlan
    let tally: Tally
    /// Length of the window in which the counted requests started.
    let seconds: Double
    let wasInterrupted: Bool
    let usage: RunUsage

    var latency: LatencySummary { LatencySummary(tally.latency) }

    /// Answers with an expected status.
    var succeeded: Int {
        tally.statuses.reduce(0) { $0 + (plan.expected.contains($1.status) ? $1.count : 0) }
    }

    var unexpectedStatuses: Int { tally.answered - succeeded }

    var failed: Int { unexpectedStatuses + tally.faults.reduce(0) { $0 + $1.count } }

    /// All answers, whatever their status: what the latency and the CPU figures are about.
    var requestsPerSecond: Double { seconds > 0 ? Double(tally.answered) / seconds : 0 }

    /// A run without a single answer, or with a watched process gone, is no success either.
    var isClean: Bool { failed == 0 && tally.answered > 0 && usage.vanished.isEmpty }

    var notes: [String] { RunNotes(self).lines }
}
