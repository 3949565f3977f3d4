import Bytes
import Gateway
import HTTPClient
import Testing

@Suite struct ConfigurationTests {
    @Test("a rule as create-rule takes it and one as describe-rules prints it mean the same")
    func longAndShortForms() throws {
        let short = """
            {"Priority": 7, "Conditions": [{"Field": "path-pattern", "Values": ["/a*"]}],
             "Actions": [{"Type": "forward", "TargetGroupArn": "users"}]}
            """
        let long = """
            {"RuleArn": "arn:aws:x", "Priority": "7", "IsDefault": false,
             "Conditions": [{"Field": "path-pattern", "PathPatternConfig": {"Values": ["/a*"]}}],
             "Actions": [{"Type": "forward", "Order": 1, "ForwardConfig": {"TargetGroups":
               [{"TargetGroupArn": "users", "Weight": 1}],
               "TargetGroupStickinessConfig": {"Enabled": false}}}]}
            """
        let both = """
            {"Priority": "7", "Conditions": [{"Field": "path-pattern", "Values": ["/a*"],
               "PathPatternConfig": {"Values": ["/a*"]}}],
             "Actions": [{"Type": "forward", "TargetGroupArn": "users", "ForwardConfig":
               {"TargetGroups": [{"TargetGroupArn": "users"}]}}]}
            """
        let rules = try [short, long, both].map { try parse(rules: $0).listeners[0].rules[0] }
        #expect(rules.allSatisfy { $0 == rules[0] })
        #expect(rules[0].label == "priority 7 /a*")
    }

    @Test("the rules of the classic lab load as they are, in the order of their priorities")
    func labRules() throws {
        let files = [("/api*", 99), ("/api/posts*", 3), ("/api/threads*", 2), ("/api/users*", 1)]
        let rules = files.map { pattern, priority in
            """
            {"ListenerArn": "placeholder", "Conditions":
              [{"Field": "path-pattern", "Values": ["\(pattern)"]}], "Priority": \(priority),
              "Actions": [{"Type": "forward", "TargetGroupArn": "placeholder"}]}
            """
        }
        let listener = try parse(rules: rules.joined(separator: ","), group: "placeholder")
            .listeners[0]
        #expect(listener.rules.map(\.priority.text) == ["1", "2", "3", "99", "default"])
    }

    @Test("an ARN names the group inside it")
    func arn() throws {
        let arn = "arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/users/e95f13d4b5ba0a13"
        let rule = try parse(rules: ruleText(target: arn)).listeners[0].rules[0]
        #expect(rule.action == .forward(targetGroup: "users"))
    }

    @Test("the default rule that describe-rules prints stands for DefaultActions")
    func defaultRule() throws {
        let text = """
            {"Listeners": [{"Port": 8080, "Rules": [{"Priority": "default", "IsDefault": true,
              "Conditions": [], "Actions": [{"Type": "forward", "TargetGroupArn": "users"}]}]}],
             "TargetGroups": [{"TargetGroupName": "users"}]}
            """
        #expect(try parse(text).listeners[0].rules.map(\.label) == ["default"])
    }

    @Test("what is not said has ALB's defaults")
    func defaults() throws {
        let configuration = try parse(rules: ruleText())
        let group = configuration.targetGroups[0]
        #expect(group.healthCheck == HealthCheckSettings())
        #expect(group.healthCheck.intervalMilliseconds == 30_000)
        #expect(group.algorithm == .roundRobin)
        #expect(group.deregistrationDelayMilliseconds == 300_000)
        #expect(configuration.timeouts.idleMilliseconds == 60_000)
        #expect(configuration.admin == nil)
    }

    @Test("everything a target group can say is taken")
    func targetGroup() throws {
        let text = """
            {"TargetGroupName": "users", "Protocol": "HTTP", "Port": 8000,
             "HealthCheckPath": "/ready?x=1", "HealthCheckPort": "9000",
             "HealthCheckIntervalSeconds": 6, "HealthCheckTimeoutSeconds": 4,
             "HealthyThresholdCount": 3, "UnhealthyThresholdCount": 4,
             "Matcher": {"HttpCode": "200-204"},
             "Discovery": {"NamespaceName": "forum.local", "ServiceName": "users"},
             "Targets": [{"Id": "127.0.0.1", "Port": 8102}, {"Id": "10.0.0.7"}],
             "Attributes": {"load_balancing.algorithm.type": "least_outstanding_requests",
               "deregistration_delay.timeout_seconds": "30", "stickiness.enabled": "false"}}
            """
        let group = try parse(groups: text).targetGroups[0]
        #expect(group.healthCheck.path == "/ready?x=1" && group.healthCheck.port == 9_000)
        #expect(group.healthCheck.intervalMilliseconds == 6_000)
        #expect(group.healthCheck.timeoutMilliseconds == 4_000)
        #expect(group.healthCheck.healthyThreshold == 3)
        #expect(group.healthCheck.unhealthyThreshold == 4)
        #expect(group.healthCheck.matcher.accepts(204))
        #expect(group.discovery?.service == "users")
        #expect(group.targets.map(\.port) == [8_102, 8_000])
        #expect(group.algorithm == .leastOutstanding)
        #expect(group.deregistrationDelayMilliseconds == 30_000)
    }

    @Test("an interval without a timeout leaves time for the probe to end")
    func defaultTimeout() throws {
        let text = #"{"TargetGroupName": "users", "HealthCheckIntervalSeconds": 5}"#
        #expect(try parse(groups: text).targetGroups[0].healthCheck.timeoutMilliseconds == 4_000)
    }

    @Test("attributes may be the list that AWS prints")
    func attributeList() throws {
        let text = """
            {"TargetGroupName": "users", "Attributes":
              [{"Key": "deregistration_delay.timeout_seconds", "Value": "0"}]}
            """
        #expect(try parse(groups: text).targetGroups[0].deregistrationDelayMilliseconds == 0)
    }

    @Test("all faults of a file are told at once, each with its place")
    func allFaults() {
        let text = """
            {"Listeners": [{"Port": 70000, "DefaultActions": []}],
             "TargetGroups": [{"TargetGroupName": "-x"}], "Admim": {}}
            """
        let faults = faults(text)
        #expect(
            faults.map(\.pointer) == [
                "/TargetGroups/0/TargetGroupName", "/Listeners/0/Port",
                "/Listeners/0/DefaultActions", "/Admim",
            ])
    }

    @Test("a file that is not JSON is refused with line and column")
    func notJSON() {
        let faults = faults("{\n  \"Listeners\": [,]\n}")
        #expect(faults.map(\.detail) == ["line 2, column 17: this byte cannot stand here"])
    }

    @Test("each line of a refusal names file, place, code and cause")
    func description() {
        let error = #expect(throws: ConfigurationError.self) {
            try GatewayConfiguration.parse(#"{"Listeners": 1}"#, file: "gateway.json")
        }
        #expect(
            error?.description.split(separator: "\n").first == """
                gateway.json: /Listeners: ValidationError: an array is expected, not a number
                """)
    }
}

func parse(_ text: String) throws -> GatewayConfiguration {
    try GatewayConfiguration.parse(ByteString(text), file: "gateway.json")
}

func parse(rules: String, group: String = "users") throws -> GatewayConfiguration {
    try parse(file(rules: rules, group: group))
}

func parse(groups: String) throws -> GatewayConfiguration { try parse(file(groups: groups)) }

func faults(_ text: String) -> [ConfigurationError.Fault] {
    do {
        _ = try parse(text)
        return []
    } catch {
        return (error as? ConfigurationError)?.faults ?? []
    }
}

/// A whole file around some rules.
func file(rules: String, group: String = "users") -> String {
    """
    {"Listeners": [{"Port": 8080, "Rules": [\(rules)],
       "DefaultActions": [{"Type": "forward", "TargetGroupArn": "\(group)"}]}],
     "TargetGroups": [{"TargetGroupName": "\(group)"}]}
    """
}

/// A whole file around some target groups, one of them called users.
func file(groups: String) -> String {
    """
    {"Listeners": [{"Port": 8080,
       "DefaultActions": [{"Type": "forward", "TargetGroupArn": "users"}]}],
     "TargetGroups": [\(groups)]}
    """
}

func ruleText(priority: String = "1", target: String = "users") -> String {
    """
    {"Priority": \(priority), "Conditions": [{"Field": "path-pattern", "Values": ["/a*"]}],
     "Actions": [{"Type": "forward", "TargetGroupArn": "\(target)"}]}
    """
}
