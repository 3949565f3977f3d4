import Testing

@testable import LoadEngine

@Suite struct CommandTests {
    private let url = "http://127.0.0.1:8080/"

    private func plan(_ arguments: String...) throws -> (LoadPlan, Command.Output) {
        guard case .run(let plan, let output) = try Command(arguments) else {
            throw LoadFailure.run("not a run")
        }
        return (plan, output)
    }

    @Test("closed has sensible defaults") func defaults() throws {
        let (plan, output) = try plan("closed", url)
        #expect(plan.mode == .closed && plan.connections == 64 && plan.threads == 1)
        #expect(plan.durationNanoseconds == 10 * Nanoseconds.second && plan.requestsMax == nil)
        #expect(plan.warmupNanoseconds == Nanoseconds.second && plan.expected == .success)
        #expect(output == Command.Output())
    }

    @Test("every option reaches the plan, with a space or an equals sign") func options() throws {
        let (plan, output) = try plan(
            "open", "--rate", "500", "--connections=8", "--threads=2", "--duration=250ms",
            "--requests", "77", "--warmup=0s", "--timeout", "2s", "--seed=9", "--expect=201,4xx",
            "--method=PUT", "--header=A: b", "--body={}", "--pid=users=12", "--pid-tree", "ng=13",
            "--json", "--allow-errors", url, url + "b")
        #expect(plan.mode == .open(ratePerSecond: 500))
        #expect(plan.connections == 8 && plan.threads == 2 && plan.seed == 9)
        #expect(plan.durationNanoseconds == 250 * Nanoseconds.millisecond)
        #expect(plan.requestsMax == 77 && plan.warmupNanoseconds == 0)
        #expect(plan.timeoutNanoseconds == 2 * Nanoseconds.second)
        #expect(plan.expected.contains(201) && plan.expected.contains(404))
        #expect(!plan.expected.contains(200))
        #expect(plan.requests.map(\.method) == ["PUT", "PUT"])
        let users = WatchedProcess(name: "users", pid: 12, withChildren: false)
        #expect(plan.watched == [users, WatchedProcess(name: "ng", pid: 13, withChildren: true)])
        #expect(output == Command.Output(isJSON: true, allowsErrors: true))
    }

    @Test("a body makes it a POST unless a method is named") func method() throws {
        #expect(try plan("closed", "--body", "x", url).0.requests[0].method == "POST")
        #expect(try plan("closed", "--body=x", "--method=PUT", url).0.requests[0].method == "PUT")
    }

    @Test("another machine is refused unless it is one's own") func loopbackOnly() throws {
        #expect(throws: LoadFailure.self) { try plan("closed", "http://10.0.0.1/") }
        let own = try plan("closed", "--i-own-this-host", "http://10.0.0.1/").0
        #expect(own.endpoint.description == "10.0.0.1:80")
    }

    @Test(
        "durations have a unit",
        arguments: [
            ("1s", 1_000_000_000), ("250ms", 250_000_000), ("2m", 120_000_000_000), ("7us", 7_000),
        ])
    func durations(text: String, nanoseconds: Int) {
        #expect(ArgumentReader.nanoseconds(text) == nanoseconds)
    }

    @Test(
        "a wrong command line is one line and exit status 64",
        arguments: [
            [], ["faster"], ["--json"], ["closed"], ["closed", "--nope", "http://localhost/"],
            ["closed", "--connections", "0", "http://localhost/"],
            ["closed", "--connections", "many", "http://localhost/"],
            ["closed", "--connections", "-1", "http://localhost/"],
            ["closed", "--connections=1", "--threads=2", "http://localhost/"],
            ["closed", "--duration", "5", "http://localhost/"],
            ["closed", "--duration", "61m", "http://localhost/"],
            ["closed", "--duration=0s", "http://localhost/"],
            ["closed", "--timeout=0s", "http://localhost/"],
            ["closed", "--requests=0", "http://localhost/"],
            ["closed", "--expect", "2x", "http://localhost/"],
            ["closed", "--expect", "200,", "http://localhost/"],
            ["closed", "--expect", "700", "http://localhost/"],
            ["closed", "--method", "G T", "http://localhost/"],
            ["closed", "--header", "no colon", "http://localhost/"],
            ["closed", "--header", "A: b\r\nC: d", "http://localhost/"],
            ["closed", "--header", "Content-Length: 5", "http://localhost/"],
            ["closed", "--body-file", "/nowhere/at/all", "http://localhost/"],
            ["closed", "--pid", "x=0", "http://localhost/"],
            ["closed", "--pid", "x=y", "http://localhost/"],
            ["closed", "--pid", "=1", "http://localhost/"],
            ["closed", "--json=yes", "http://localhost/"],
            ["closed", "http://localhost/", "--seed"],
            ["closed", "http://localhost:1/", "http://localhost:2/"],
            ["closed", "--rate=5", "http://localhost/"], ["open", "http://localhost/"],
            ["open", "--rate=0", "http://localhost/"], ["ratio"], ["ratio", "http://localhost/"],
            ["ratio", "--a=http://localhost/"],
            ["ratio", "--a=http://localhost/", "--b=http://localhost/", "--a-nope=1"],
            ["ratio", "--a=http://localhost/", "--b=http://localhost/", "--rounds=0"],
            ["ratio", "--a=http://localhost/", "--b=http://localhost/", "--a-name=B"],
        ])
    func refused(arguments: [String]) {
        let failure = #expect(throws: LoadFailure.self) { try Command(arguments) }
        #expect(failure?.exitStatus == 64)
        #expect(failure?.message.contains("\n") == false && failure?.message.isEmpty == false)
    }

    @Test("ratio keeps its sides apart and shares the rest") func ratio() throws {
        let command = try Command([
            "ratio", "--a", url, "--a-name=forum", "--a-pid=gw=1", "--a-pid=svc=2", "--b",
            url + "b",
            "--b-pid-tree", "nginx=3", "--baseline=" + url, "--baseline-pid=svc=2", "--rounds=3",
            "--duration=1s", "--connections=8",
        ])
        guard case .ratio(let plan, _) = command else { throw LoadFailure.run("not a ratio") }
        #expect(plan.rounds == 3 && plan.first.name == "forum" && plan.second.name == "B")
        #expect(plan.first.plan.watched.map(\.pid) == [1, 2])
        #expect(plan.second.plan.watched.map(\.withChildren) == [true])
        #expect(plan.baseline?.plan.watched.map(\.pid) == [2])
        #expect(plan.second.plan.connections == 8)
    }

    @Test("each mode has a page of help that names its options", arguments: HelpTopic.allCases)
    func help(topic: HelpTopic) throws {
        let arguments = topic == .overview ? ["--help"] : [topic.rawValue, "--help"]
        guard case .help(let shown) = try Command(arguments) else {
            throw LoadFailure.run("not help")
        }
        #expect(shown == topic)
        #expect(topic.text.split(separator: "\n").allSatisfy { $0.count <= 100 })
    }

    @Test("every option that the help names is understood") func documented() throws {
        for topic in [HelpTopic.closed, .open, .ratio] {
            let words = topic.text.split { " ,;()\n".contains($0) }
            for option in Set(words.filter { $0.hasPrefix("--") && $0.count > 2 }) {
                do {
                    _ = try Command([topic.rawValue, String(option)])
                } catch {
                    #expect(!error.message.contains("unknown option"), "\(option)")
                }
            }
        }
    }
}
