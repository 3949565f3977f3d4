/// A warning that belongs to the figures: it says what is wrong and what that spoils.
struct RunNote: Sendable, Equatable {
    enum Kind: Sendable, CaseIterable {
        case bottleneck, otherProcesses, stolenTime, vanished, unsent, sendLag, stoppedByTime
        case interrupted, debugBuild
    }

    let kind: Kind
    let text: String
}

/// What a reader must know before believing a report.
enum RunNotes {
    /// From here on `load` has no reserve, and a queue forms on its side of the socket.
    static let bottleneckShare = 0.9
    /// Of one core; beneath it other processes hardly show in the figures.
    static let disturbanceCores = 0.1
    static let sendLagMax = Nanoseconds.millisecond

    static func of(_ report: LoadReport) -> [RunNote] {
        machineNotes(report) + paceNotes(report) + endNotes(report)
    }

    static func isBottleneck(_ report: LoadReport) -> Bool {
        report.usage.ownCores >= bottleneckShare * Double(report.plan.threads)
    }

    private static func machineNotes(_ report: LoadReport) -> [RunNote] {
        var notes: [RunNote] = []
        let usage = report.usage
        if isBottleneck(report) {
            let text =
                "load itself was the bottleneck (\(NumberText.percent(usage.ownCores)) of a core, "
                + "\(report.plan.threads) thread(s)): the server can do more requests/s, at less "
                + "latency, than shown; its CPU per request holds"
            notes.append(RunNote(kind: .bottleneck, text: text))
        }
        // Without a watched process the server itself is among the others.
        if !usage.processes.isEmpty, let other = usage.otherCores, other > disturbanceCores {
            let text =
                "other processes used \(NumberText.percent(other)) of a core meanwhile: "
                + "the figures are disturbed"
            notes.append(RunNote(kind: .otherProcesses, text: text))
        }
        if let stolen = usage.stolenCores, stolen > disturbanceCores {
            let text = "the host took \(NumberText.percent(stolen)) of a core away meanwhile"
            notes.append(RunNote(kind: .stolenTime, text: text))
        }
        return notes
    }

    private static func paceNotes(_ report: LoadReport) -> [RunNote] {
        guard case .open = report.plan.mode else { return [] }
        var notes: [RunNote] = []
        if let unsent = report.tally.faults.first(where: { $0.fault == .unsent })?.count {
            let text =
                "\(NumberText.grouped(unsent)) requests were due and never sent: the server does "
                + "not keep up with this rate, and the true latency is worse than shown"
            notes.append(RunNote(kind: .unsent, text: text))
        }
        let lag = report.tally.sendLag.quantile(0.99)
        if lag > sendLagMax {
            let text =
                "1 % of the requests were sent \(NumberText.duration(lag)) late or later; "
                + "the delay is part of the latency shown"
            notes.append(RunNote(kind: .sendLag, text: text))
        }
        return notes
    }

    private static func endNotes(_ report: LoadReport) -> [RunNote] {
        var notes = report.usage.vanished.map {
            RunNote(kind: .vanished, text: "process \($0) ended during the run")
        }
        if report.wasInterrupted {
            let text = "interrupted: the figures cover a shorter time"
            notes.append(RunNote(kind: .interrupted, text: text))
        } else if let wanted = report.plan.requestsMax {
            let made = report.tally.made
            if made < wanted {
                let text = "stopped by time: \(made) of \(wanted) requests were made"
                notes.append(RunNote(kind: .stoppedByTime, text: text))
            }
        }
        if isDebugBuild {
            let text = "this is a debug build of load: measure with swift build -c release"
            notes.append(RunNote(kind: .debugBuild, text: text))
        }
        return notes
    }

    private static var isDebugBuild: Bool {
        var isDebug = false
        // Only debug builds evaluate what an assertion asserts.
        assert(
            {
                isDebug = true
                return true
            }())
        return isDebug
    }
}
