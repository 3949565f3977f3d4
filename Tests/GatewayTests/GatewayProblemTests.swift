import Bytes
import Gateway
import HTTP
import Testing

@Suite struct GatewayProblemTests {
    @Test("a problem names its cause in the members and the order of the API")
    func document() {
        let problem = GatewayProblem(
            .serviceUnavailable, title: "users is unavailable",
            detail: "0 of 1 targets healthy (Target.Timeout)", service: "users",
            rule: "priority 1 /api/users*", attempts: 1,
            trace: TraceContext(high: 0x4bf9_2f35_77b3_4da6, low: 0xa3ce_929d_0e0e_4736, parent: 1))
        #expect(
            problem.body.text == """
                {"type":"/problems/service-unavailable","title":"users is unavailable",\
                "status":503,"detail":"0 of 1 targets healthy (Target.Timeout)",\
                "service":"users","rule":"priority 1 /api/users*","attempts":1,\
                "trace":"4bf92f3577b34da6a3ce929d0e0e4736"}
                """)
    }

    @Test("a problem before any rule names none")
    func withoutRule() {
        let trace = TraceContext(high: 0, low: 1, parent: 1)
        let text = GatewayProblem.privatePath(trace: trace).body.text
        #expect(!text.contains("rule") && !text.contains("attempts"))
    }

    @Test(
        "every status that a client may wait for says for how long",
        arguments: [
            .badGateway, .serviceUnavailable, .gatewayTimeout,
        ] as [GatewayProblem.Kind])
    func retryAfter(kind: GatewayProblem.Kind) {
        #expect(kind.status.isServerError && kind.retryAfterSeconds != nil)
    }
}
