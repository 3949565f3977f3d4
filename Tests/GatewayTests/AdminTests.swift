import Bytes
import Gateway
import HTTP
import JSON
import Launch
import Reactor
import Telemetry
import Testing

@Suite struct AdminDocumentsTests {
    private func standing(_ outcomes: [TargetHealth.Outcome]) -> ControlPlane.Standing {
        var health = TargetHealth()
        for outcome in outcomes { _ = health.record(outcome, HealthCheckSettings()) }
        let target = Target(id: "users-1", address: .loopback(8_101), loops: 1)
        return ControlPlane.Standing(target: target, health: health)
    }

    @Test("target health is what describe-target-health prints")
    func targetHealth() {
        let group = TargetGroup(name: "users")
        let sick = standing([.mismatched(code: 503), .mismatched(code: 503)])
        #expect(
            AdminDocuments.targetHealth(group, [sick]).text == """
                {"TargetHealthDescriptions":[{"Target":{"Id":"127.0.0.1","Port":8101},\
                "HealthCheckPort":"8101","TargetHealth":{"State":"unhealthy",\
                "Reason":"Target.ResponseCodeMismatch",\
                "Description":"Health checks failed with these codes: [503]"},\
                "InstanceId":"users-1","InFlight":0}]}

                """)
    }

    @Test("a healthy target has no reason")
    func healthy() {
        let text = AdminDocuments.targetHealth(TargetGroup(name: "x"), [standing([.passed])]).text
        #expect(text.contains(#""TargetHealth":{"State":"healthy"}"#))
    }

    @Test("the rules that are shown load again as the same rules")
    func rulesLoadAgain() throws {
        let before = try parse(rules: ruleText() + "," + ruleText(priority: "2"))
        let shown = try JSONValue.parse(AdminDocuments.rules(before))
        var json = JSONWriter()
        json.beginObject()
        json.key("Listeners")
        json.value(shown["Listeners"] ?? .null)
        json.key("TargetGroups")
        json.raw(#"[{"TargetGroupName": "users"}]"#)
        json.endObject()
        #expect(try parse(json.finish().text).listeners == before.listeners)
    }
}

@Suite struct GatewayCommandTests {
    private func command(_ words: [String]) throws -> GatewayCommand {
        try GatewayCommand(words, GatewayCommand.description(Environment([:])))
    }

    @Test(
        "the command line says what to do",
        arguments: [
            ([], .serve(file: nil)), (["--config", "x.json"], .serve(file: "x.json")),
            (["check", "x.json"], .check(file: "x.json")), (["health"], .health),
            (["--help"], .help), (["--version"], .version),
        ] as [([String], GatewayCommand)])
    func commands(words: [String], expected: GatewayCommand) throws {
        #expect(try command(words) == expected)
    }

    @Test(
        "a command line that makes no sense is one clear line",
        arguments: [
            (["--x"], "unknown option --x"), (["run"], "unknown command 'run'"),
            (["check"], "check needs one FILE"), (["health", "x"], "'x' is one word too many"),
            (["--config"], "--config needs a value: --config FILE"),
        ])
    func misuse(words: [String], reason: String) {
        let error = #expect(throws: UsageError.self) { try command(words) }
        #expect(error?.description == "gateway: \(reason) (see gateway --help)")
    }
}
