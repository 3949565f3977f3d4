/// A report for people.
struct LoadTable {
    let report: LoadReport

    /// What is about to happen, printed before it does.
    static func heading(_ plan: LoadPlan) -> String {
        let urls = plan.requests.map { "  \($0.method) \($0.url.text)\n" }.joined()
        return "load · \(pace(plan))\n" + urls
    }

    /// How hard and how long, in words.
    static func pace(_ plan: LoadPlan) -> String {
        var words: [String] = []
        switch plan.mode {
        case .closed: words.append("closed loop · \(plan.connections) connections")
        case .open(let rate):
            words.append("open loop · \(NumberText.grouped(rate)) requests/s due")
            words.append("≤ \(plan.connections) connections")
        }
        if plan.threads > 1 { words.append("\(plan.threads) threads") }
        let limit = NumberText.exact(plan.durationNanoseconds)
        if let requests = plan.requestsMax {
            words.append("\(NumberText.grouped(requests)) requests (≤ \(limit))")
        } else {
            words.append(limit)
        }
        if plan.warmupNanoseconds > 0 {
            words.append("after \(NumberText.exact(plan.warmupNanoseconds)) of warm-up")
        }
        return words.joined(separator: " · ")
    }

    var text: String {
        var parts = [requests.text, latency.text, statuses.text, usage.text]
        if !report.notes.isEmpty {
            parts.append(report.notes.map { "  ! \($0.text)\n" }.joined())
        }
        return parts.map { "\n" + $0 }.joined()
    }

    private var requests: TextTable {
        var table = TextTable()
        let tally = report.tally
        let perSecond = report.seconds > 0 ? 1 / report.seconds : 0
        table.row(
            "answers", NumberText.grouped(tally.answered),
            NumberText.fixed(report.requestsPerSecond, 0) + " /s")
        for (name, bytes) in [("received", tally.bytesReceived), ("sent", tally.bytesSent)] {
            table.row(
                name, NumberText.bytes(Double(bytes)),
                NumberText.bytes(Double(bytes) * perSecond) + " /s")
        }
        let opened = "\(NumberText.grouped(tally.connectionsOpened)) opened"
        table.row("connections", "\(NumberText.grouped(tally.connectionsPeak)) at once", opened)
        if case .open = report.plan.mode {
            table.row("backlog", "\(NumberText.grouped(tally.backlogPeak)) at most")
        }
        return table
    }

    private var latency: TextTable {
        var table = TextTable()
        table.row("", "p50", "p90", "p99", "p99.9", "max", "mean")
        table.row(["latency"] + Self.cells(report.latency))
        if case .open = report.plan.mode {
            table.row(["sent late by"] + Self.cells(LatencySummary(report.tally.sendLag)))
        }
        return table
    }

    private static func cells(_ latency: LatencySummary) -> [String] {
        guard latency.count > 0 else { return ["–"] }
        return [latency.p50, latency.p90, latency.p99, latency.p999, latency.max]
            .map { NumberText.duration($0) } + [NumberText.duration(latency.mean)]
    }

    private var statuses: TextTable {
        var table = TextTable()
        for (status, count) in report.tally.statuses {
            let remark = report.plan.expected.contains(status) ? "" : "unexpected"
            table.row("status \(status)", NumberText.grouped(count), remark)
        }
        for (fault, count) in report.tally.faults {
            table.row("fault \(fault.rawValue)", NumberText.grouped(count))
        }
        if report.failed == 0 { table.row("failed", "0") }
        return table
    }

    private var usage: TextTable {
        var table = TextTable()
        table.row(
            "process", "CPU µs/request", "core", "user", "switches/request", "forced", "RSS",
            "peak")
        for process in report.usage.processes {
            let pids = process.pids.map { String($0) }.joined(separator: "+")
            table.row(
                "\(process.name) (\(pids))",
                NumberText.optional(process.cpuMicrosecondsPerRequest),
                NumberText.percent(process.cores),
                process.userShare.map(NumberText.percent) ?? "–",
                NumberText.optional(process.voluntarySwitchesPerRequest),
                NumberText.optional(process.involuntarySwitchesPerRequest),
                NumberText.bytes(Double(process.residentBytes)),
                NumberText.bytes(Double(process.residentPeakBytes)))
        }
        table.row(
            "load (itself)", NumberText.optional(report.usage.ownMicrosecondsPerRequest),
            NumberText.percent(report.usage.ownCores))
        if let other = report.usage.otherCores {
            table.row("all others", "", NumberText.percent(other))
        }
        return table
    }
}
