/// The result of a run: what was counted, what it cost, and what to know before believing it.
struct LoadReport: Sendable {
    let plan: LoadPlan
    let tally: Tally
    /// Length of the measured window.
    let seconds: Double
    let wasInterrupted: Bool
    let usage: RunUsage

    init(plan: LoadPlan, tally: Tally, window: Window, sampledUntil: Int, usage: RunUsage) {
        self.plan = plan
        self.tally = tally
        self.usage = usage
        wasInterrupted = Interrupt.isRaised
        var end = min(window.end, sampledUntil)
        if Self.endedByCount(plan, tally) { end = tally.lastAnswerAt }
        seconds = Double(max(0, end - window.measureStart)) / Double(Nanoseconds.second)
    }

    var latency: LatencySummary { LatencySummary(tally.latency) }

    /// Answers with an expected status.
    var succeeded: Int {
        tally.statuses.reduce(0) { $0 + (plan.expected.contains($1.status) ? $1.count : 0) }
    }

    var unexpectedStatuses: Int { tally.answered - succeeded }

    var failed: Int { unexpectedStatuses + tally.faults.reduce(0) { $0 + $1.count } }

    /// All answers, whatever their status: what the latency and the CPU figures are about.
    var requestsPerSecond: Double {
        // The sampler notices only some milliseconds later that the last answer has come.
        guard Self.endedByCount(plan, tally), seconds > 0 else { return usage.answersPerSecond }
        return Double(tally.answered) / seconds
    }

    /// Whether the last request ended the run, and not the clock; a schedule is all clock.
    private static func endedByCount(_ plan: LoadPlan, _ tally: Tally) -> Bool {
        guard plan.mode == .closed, let requests = plan.requestsMax else { return false }
        return tally.made >= requests
    }

    /// A run without a single answer, or with a watched process gone, is no success either.
    var isClean: Bool { failed == 0 && tally.answered > 0 && usage.vanished.isEmpty }

    var notes: [RunNote] { RunNotes.of(self) }
}
