import Bytes
import Gateway
import HTTP
import Routing
import Testing

@Suite struct GatewayProblemTests {
    private let trace = TraceContext(
        high: 0x4bf9_2f35_77b3_4da6, low: 0xa3ce_929d_0e0e_4736, parent: 1)

    private func problem(
        _ failure: RetryPolicy.Failure?, healthy: Int = 0, unhealthy: Int = 1
    ) throws -> Problem {
        let configuration = try parse(rules: ruleText())
        let book = RuleBook(configuration, slots: [0])
        let sets = [targetSet(.roundRobin, healthy: healthy, unhealthy: unhealthy)]
        let table = RoutingTable(rules: book, targetSets: sets)
        let rule = ByteString("/a").withBytes { table.rule(listener: 0, path: $0) }
        return GatewayProblem.unanswered(
            failure, rule: try #require(rule), targets: sets[0], attempts: 1, trace: trace)
    }

    @Test("a problem names its cause in the members and the order of the API")
    func document() throws {
        #expect(
            try problem(.connectFailed).json.text == """
                {"type":"/problems/service-unavailable","title":"users is unavailable",\
                "status":503,"detail":"0 of 1 targets healthy (Target.FailedHealthChecks)",\
                "service":"users","rule":"priority 1 /a*","attempts":1,\
                "trace":"4bf92f3577b34da6a3ce929d0e0e4736"}
                """)
    }

    @Test(
        "each failure has its status",
        arguments: [
            (nil, 503), (.connectFailed, 503), (.connectTimedOut, 504), (.timedOut, 504),
            (.closedBeforeAnswer(connectionWasReused: true), 502),
            (.closedBeforeAnswer(connectionWasReused: false), 502), (.malformedAnswer, 502),
            (.brokenAnswer, 502), (.cutOff, 502),
        ] as [(RetryPolicy.Failure?, UInt16)])
    func statuses(failure: RetryPolicy.Failure?, status: UInt16) throws {
        let answer = try problem(failure).gatewayAnswer
        #expect(answer.status.code == status)
        #expect(answer.fields[.retryAfter] != nil)
        #expect(answer.fields[.contentType] == "application/problem+json")
    }

    @Test("a group without targets says so")
    func noTargets() throws {
        #expect(try problem(nil, unhealthy: 0).detail == "no target is registered")
    }

    @Test("a problem before any rule names none")
    func withoutRule() {
        let text = GatewayProblem.privatePath(trace: trace).json.text
        #expect(!text.contains("rule") && !text.contains("attempts"))
    }

    @Test("a method that ends here is answered with those that do not")
    func method() {
        let answer = GatewayProblem.methodEndsHere(.trace, trace: trace).gatewayAnswer
        #expect(answer.status == .methodNotAllowed)
        #expect(answer.fields[.allow]?.contains("TRACE") == false)
    }
}
