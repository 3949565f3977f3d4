/// Warnings that belong to the figures: each says what is wrong and what it spoils.
struct RunNotes {
    /// From here on `load` has no reserve, and a queue forms on its side of the socket.
    static let bottleneckShare = 0.9
    /// Of one core; beneath it other processes hardly show in the figures.
    static let disturbanceCores = 0.1
    static let sendLagMax = Nanoseconds.millisecond

    let lines: [String]

    init(_ report: LoadReport) {
        var lines: [String] = []
        let usage = report.usage
        if Self.isBottleneck(report) {
            lines.append(
                "load used \(NumberText.percent(usage.ownCores)) of a core on "
                    + "\(report.plan.threads) thread(s): it was itself the bottleneck, requests/s and "
                    + "latency are a lower and an upper bound; CPU per request holds")
        }
        if let other = usage.otherCores, other > Self.disturbanceCores {
            lines.append(
                "other processes used \(NumberText.percent(other)) of a core meanwhile: "
                    + "the figures are disturbed")
        }
        if let stolen = usage.stolenCores, stolen > Self.disturbanceCores {
            lines.append("the host took \(NumberText.percent(stolen)) of a core away meanwhile")
        }
        for name in usage.vanished { lines.append("process \(name) ended during the run") }
        lines += Self.paceNotes(report)
        if report.wasInterrupted { lines.append("interrupted: the figures cover a shorter time") }
        if Self.isDebugBuild {
            lines.append("this is a debug build of load: measure with swift build -c release")
        }
        self.lines = lines
    }

    static func isBottleneck(_ report: LoadReport) -> Bool {
        report.usage.ownCores >= bottleneckShare * Double(report.plan.threads)
    }

    private static func paceNotes(_ report: LoadReport) -> [String] {
        var lines: [String] = []
        if let unsent = report.tally.faults.first(where: { $0.fault == .unsent })?.count {
            lines.append(
                "\(NumberText.grouped(unsent)) requests were due and never sent: the server does not "
                    + "keep up with this rate, and the true latency is worse than shown")
        }
        if case .open = report.plan.mode {
            let lag = report.tally.sendLag.quantile(0.99)
            if lag > sendLagMax {
                lines.append(
                    "1 % of the requests were sent \(NumberText.duration(lag)) late or later; the "
                        + "delay is part of the latency shown")
            }
        }
        if let wanted = report.plan.requestsMax, !report.wasInterrupted {
            let made = report.tally.answered + report.tally.faults.reduce(0) { $0 + $1.count }
            if made < wanted {
                lines.append("stopped by time: \(made) of \(wanted) requests were made")
            }
        }
        return lines
    }

    private static var isDebugBuild: Bool {
        var isDebug = false
        assert(
            {
                isDebug = true
                return true
            }())
        return isDebug
    }
}
