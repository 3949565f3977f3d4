import Glibc
import Testing

@testable import LoadEngine

@Suite struct ReportTests {
    private func report(
        _ arguments: [String] = ["closed"], ownCores: Double = 0.1, otherCores: Double? = 0,
        vanished: [String] = [], record: (inout Tally) -> Void = { _ in }
    ) throws -> LoadReport {
        let command = try Command(arguments + ["http://127.0.0.1:1/"])
        guard case .run(let plan, _) = command else { throw LoadFailure.run("no run") }
        var tally = Tally()
        record(&tally)
        let usage = RunUsage(
            answersPerSecond: 1000, processes: plan.watched.map(process), vanished: vanished,
            ownMicrosecondsPerRequest: 5, ownCores: ownCores, processors: 2,
            otherCores: otherCores, stolenCores: 0)
        let window = Window(start: 0, plan: plan)
        return LoadReport(
            plan: plan, tally: tally, window: window, sampledUntil: window.end, usage: usage)
    }

    private func process(_ watched: WatchedProcess) -> ProcessUsage {
        let sample = ProcessSample(
            of: WatchedProcess(name: "", pid: getpid(), withChildren: false))!
        return ProcessUsage(
            name: watched.name, from: sample, to: sample, requests: 10, elapsedNanoseconds: 1)
    }

    private func kinds(_ report: LoadReport) -> Set<RunNote.Kind> {
        // The tests themselves run in a debug build.
        Set(report.notes.map(\.kind)).subtracting([.debugBuild])
    }

    @Test("a run with nothing wrong has no notes") func quiet() throws {
        let report = try report { $0.answered(status: 200, start: 0, at: 1_000) }
        #expect(kinds(report).isEmpty && report.isClean && report.requestsPerSecond == 1000)
    }

    @Test("a run without an answer is not clean") func nothing() throws {
        #expect(try !report().isClean)
    }

    @Test("load says when it was itself the bottleneck, for all of its threads") func bottleneck()
        throws
    {
        #expect(try kinds(report(ownCores: 0.97)) == [.bottleneck])
        #expect(try kinds(report(["closed", "--threads=2"], ownCores: 0.97)).isEmpty)
    }

    @Test("other work is reported when it can be told from the server's") func others() throws {
        #expect(try kinds(report(["closed", "--pid=x=1"], otherCores: 0.4)) == [.otherProcesses])
        #expect(try kinds(report(otherCores: 0.4)).isEmpty)
    }

    @Test("a watched process that ended spoils the run") func vanished() throws {
        let report = try report(vanished: ["users"]) { $0.answered(status: 200, start: 0, at: 1) }
        #expect(kinds(report) == [.vanished] && !report.isClean)
    }

    @Test("open: a late generator and unsent requests are reported") func late() throws {
        let report = try report(["open", "--rate=10"]) { tally in
            tally.answered(status: 200, start: 0, at: 1)
            tally.sent(lag: 5 * Nanoseconds.millisecond)
            tally.failed(.unsent, count: 3)
        }
        #expect(kinds(report) == [.sendLag, .unsent] && report.failed == 3)
    }

    @Test("a number of requests that time did not allow is reported") func short() throws {
        let report = try report(["closed", "--requests=10"]) {
            $0.answered(status: 200, start: 0, at: 1)
        }
        #expect(kinds(report) == [.stoppedByTime])
    }

    @Test("a number of requests is divided by the time until the last answer") func counted() throws
    {
        let report = try report(["closed", "--requests=2", "--warmup=0s"]) { tally in
            tally.answered(status: 200, start: 0, at: 1)
            tally.answered(status: 200, start: 0, at: Nanoseconds.second / 2)
        }
        #expect(report.seconds == 0.5 && report.requestsPerSecond == 4)
    }

    @Test("the table shows what was counted") func table() throws {
        let report = try report(["open", "--rate=10", "--pid=users=1"]) { tally in
            tally.answered(status: 200, start: 0, at: 152_000)
            tally.answered(status: 503, start: 0, at: 152_000)
            tally.failed(.timeout)
        }
        let text = LoadTable(report: report).text
        for words in ["152 µs", "status 503", "unexpected", "fault timeout", "users (", "backlog"] {
            #expect(text.contains(words), "\(words)")
        }
        #expect(LoadTable.heading(report.plan).contains("10 requests/s due"))
    }

    @Test("every field of the JSON stands in the README") func documented() throws {
        let report = try report(["closed", "--pid=users=1"]) {
            $0.answered(status: 200, start: 0, at: 1)
        }
        let path = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        let readme = try #require(ProcFile.read("/\(path)/Load/README.md"))
        let names = names(in: LoadJSON.value(report))
        #expect(names.count > 50)
        for name in names where Int(name) == nil {
            #expect(readme.contains("`\(name)`"), "\(name)")
        }
    }

    private func names(in value: JSONValue) -> Set<String> {
        switch value {
        case .object(let members):
            members.reduce(into: []) { $0.formUnion([$1.0] + names(in: $1.1)) }
        case .array(let values): values.reduce(into: []) { $0.formUnion(names(in: $1)) }
        default: []
        }
    }

    @Test("a body file is read whole") func bodyFile() throws {
        var template = Array("/tmp/load-body.XXXXXX".utf8CString)
        let descriptor = mkstemp(&template)
        let path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        defer { unlink(path) }
        let body = (0..<200_000).map { UInt8(truncatingIfNeeded: $0) }
        #expect(write(descriptor, body, body.count) == body.count)
        close(descriptor)
        #expect(try BodyFile.read(path) == body)
    }
}
