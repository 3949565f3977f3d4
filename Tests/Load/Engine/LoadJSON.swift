/// A report for programs; the fields are a promise, written down in `Tests/Load/README.md`.
enum LoadJSON {
    static let version = 1

    static func value(_ report: LoadReport) -> JSONValue {
        .object([
            ("version", .integer(version)),
            ("plan", plan(report.plan)),
            ("seconds", .number(report.seconds)),
            ("interrupted", .bool(report.wasInterrupted)),
            ("requests", requests(report)),
            ("latencyMicroseconds", latency(report.latency)),
            ("sendLagMicroseconds", latency(LatencySummary(report.tally.sendLag))),
            ("statuses", statuses(report.tally)),
            ("faults", faults(report.tally)),
            ("bytes", bytes(report.tally)),
            ("connections", connections(report.tally)),
            ("backlogPeak", .integer(report.tally.backlogPeak)),
            ("processes", .array(report.usage.processes.map(process))),
            ("load", own(report)),
            ("machine", machine(report.usage)),
            ("notes", .array(report.notes.map { .string($0.text) })),
        ])
    }

    private static func plan(_ plan: LoadPlan) -> JSONValue {
        var mode = "closed"
        var rate = JSONValue.null
        if case .open(let ratePerSecond) = plan.mode {
            mode = "open"
            rate = .integer(ratePerSecond)
        }
        let seconds = { (nanoseconds: Int) -> JSONValue in
            .number(Double(nanoseconds) / Double(Nanoseconds.second))
        }
        return .object([
            ("mode", .string(mode)),
            ("ratePerSecond", rate),
            ("method", .string(plan.requests[0].method)),
            ("urls", .array(plan.requests.map { .string($0.url.text) })),
            ("connections", .integer(plan.connections)),
            ("threads", .integer(plan.threads)),
            ("durationSeconds", seconds(plan.durationNanoseconds)),
            ("warmupSeconds", seconds(plan.warmupNanoseconds)),
            ("timeoutSeconds", seconds(plan.timeoutNanoseconds)),
            ("requestsMax", plan.requestsMax.map { .integer($0) } ?? .null),
            ("expect", .string(plan.expected.text)),
            ("seed", .integer(Int(plan.seed))),
        ])
    }

    private static func requests(_ report: LoadReport) -> JSONValue {
        .object([
            ("answered", .integer(report.tally.answered)),
            ("succeeded", .integer(report.succeeded)),
            ("failed", .integer(report.failed)),
            ("unexpectedStatus", .integer(report.unexpectedStatuses)),
            ("perSecond", .number(report.requestsPerSecond)),
        ])
    }

    private static func latency(_ latency: LatencySummary) -> JSONValue {
        let microseconds = { (nanoseconds: Int) -> JSONValue in
            .number(Double(nanoseconds) / Double(Nanoseconds.microsecond))
        }
        return .object([
            ("count", .integer(latency.count)),
            ("mean", .number(latency.mean / Double(Nanoseconds.microsecond))),
            ("p50", microseconds(latency.p50)),
            ("p90", microseconds(latency.p90)),
            ("p99", microseconds(latency.p99)),
            ("p999", microseconds(latency.p999)),
            ("max", microseconds(latency.max)),
        ])
    }

    private static func statuses(_ tally: Tally) -> JSONValue {
        .object(tally.statuses.map { (String($0.status), .integer($0.count)) })
    }

    private static func faults(_ tally: Tally) -> JSONValue {
        .object(
            Fault.allCases.map { fault in
                let count = tally.faults.first { $0.fault == fault }?.count ?? 0
                return (fault.rawValue, .integer(count))
            })
    }

    private static func bytes(_ tally: Tally) -> JSONValue {
        .object([
            ("received", .integer(tally.bytesReceived)), ("sent", .integer(tally.bytesSent)),
        ])
    }

    private static func connections(_ tally: Tally) -> JSONValue {
        .object([
            ("opened", .integer(tally.connectionsOpened)),
            ("peak", .integer(tally.connectionsPeak)),
        ])
    }

    private static func process(_ process: ProcessUsage) -> JSONValue {
        .object([
            ("name", .string(process.name)),
            ("pids", .array(process.pids.map { .integer(Int($0)) })),
            ("cpuMicrosecondsPerRequest", .optional(process.cpuMicrosecondsPerRequest)),
            ("cores", .number(process.cores)),
            ("userShare", .optional(process.userShare)),
            ("voluntarySwitchesPerRequest", .optional(process.voluntarySwitchesPerRequest)),
            ("involuntarySwitchesPerRequest", .optional(process.involuntarySwitchesPerRequest)),
            ("residentBytes", .integer(process.residentBytes)),
            ("residentPeakBytes", .integer(process.residentPeakBytes)),
        ])
    }

    private static func own(_ report: LoadReport) -> JSONValue {
        .object([
            ("cpuMicrosecondsPerRequest", .optional(report.usage.ownMicrosecondsPerRequest)),
            ("cores", .number(report.usage.ownCores)),
            ("wasBottleneck", .bool(RunNotes.isBottleneck(report))),
        ])
    }

    private static func machine(_ usage: RunUsage) -> JSONValue {
        .object([
            ("processors", .integer(usage.processors)),
            ("otherCores", .optional(usage.otherCores)),
            ("stolenCores", .optional(usage.stolenCores)),
        ])
    }
}
