import Bytes
import Gateway
import Testing

/// A file with one fault: where it lies and which code names it.
struct FaultCase: CustomTestStringConvertible, Sendable {
    let text: String
    let pointer: String
    let code: AWSErrorCode

    var testDescription: String { "\(pointer) \(code.rawValue)" }

    /// A rule with `members` beside an action and a condition that are right.
    static func rule(
        _ pointer: String, _ code: AWSErrorCode = .validationError, priority: String = "1",
        conditions: String = #"[{"Field": "path-pattern", "Values": ["/a*"]}]"#,
        actions: String = #"[{"Type": "forward", "TargetGroupArn": "users"}]"#,
        more: String = ""
    ) -> FaultCase {
        let rule = """
            {"Priority": \(priority), "Conditions": \(conditions), "Actions": \(actions) \(more)}
            """
        return FaultCase(
            text: file(rules: rule), pointer: "/Listeners/0/Rules/0\(pointer)", code: code)
    }

    static func condition(_ pointer: String, _ text: String) -> FaultCase {
        rule("/Conditions\(pointer)", conditions: "[\(text)]")
    }

    static func action(_ pointer: String, _ code: AWSErrorCode, _ text: String) -> FaultCase {
        rule("/Actions\(pointer)", code, actions: "[\(text)]")
    }

    static func group(
        _ pointer: String, _ code: AWSErrorCode = .validationError, _ members: String
    ) -> FaultCase {
        FaultCase(
            text: file(groups: #"{"TargetGroupName": "users", \#(members)}"#),
            pointer: "/TargetGroups/0\(pointer)", code: code)
    }
}

enum FaultCases {
    static let rules: [FaultCase] = [
        .rule("/Priority", priority: "0"),
        .rule("/Priority", priority: "50001"),
        .rule("/Priority", priority: #""x""#),
        .rule("/Priority", priority: "1.5"),
        .rule("/Conditions", conditions: "[]"),
        .rule("/Rules", more: #", "Rules": []"#),
        .rule("/Transforms", .invalidConfigurationRequest, more: #", "Transforms": [{}]"#),
        .rule("/Actions", .invalidLoadBalancerAction, actions: "[]"),
        FaultCase(
            text: file(rules: "\(ruleText(priority: "2")), \(ruleText(priority: "\"2\""))"),
            pointer: "/Listeners/0/Rules/1/Priority", code: .priorityInUse),
        FaultCase(
            text: file(rules: ruleText(target: "nobody")),
            pointer: "/Listeners/0/Rules/0/Actions/0/TargetGroupArn", code: .targetGroupNotFound),
    ]

    static let conditions: [FaultCase] = [
        .condition("/0/Field", #"{"Field": "host-header", "Values": ["a.b"]}"#),
        .condition("/0/Field", #"{"Field": "path", "Values": ["/a"]}"#),
        .condition("/0/Field", #"{"Values": ["/a"]}"#),
        .condition("/0/Values", #"{"Field": "path-pattern", "Values": []}"#),
        .condition("/0/Values/1", #"{"Field": "path-pattern", "Values": ["/a", "/ "]}"#),
        .condition("/0/Values/0", #"{"Field": "path-pattern", "Values": [7]}"#),
        .condition(
            "/0/PathPatternConfig/Values/0",
            #"{"Field": "path-pattern", "PathPatternConfig": {"Values": ["ä"]}}"#),
        .condition(
            "/0/PathPatternConfig/Values",
            #"{"Field": "path-pattern", "Values": ["/a"], "PathPatternConfig": {"Values": ["/b"]}}"#
        ),
        .condition(
            "", #"{"Field": "path-pattern", "Values": ["/a", "/b", "/c", "/d", "/e", "/f"]}"#),
        .condition("", #"{"Field": "path-pattern", "Values": ["/a*b*c*", "/d*e*f*"]}"#),
        .condition(
            "/1",
            #"{"Field": "path-pattern", "Values": ["/a"]}, {"Field": "path-pattern", "Values": ["/b"]}"#
        ),
    ]

    static let actions: [FaultCase] = [
        .action("/0/Type", .invalidLoadBalancerAction, #"{"Type": "redirect"}"#),
        .action("/0/Type", .invalidLoadBalancerAction, #"{"Type": "send"}"#),
        .action("/0/TargetGroupArn", .invalidLoadBalancerAction, #"{"Type": "forward"}"#),
        .action(
            "/1", .tooManyActions,
            #"{"Type": "forward", "TargetGroupArn": "users"}, {"Type": "forward", "TargetGroupArn": "users"}"#
        ),
        .action(
            "/0/ForwardConfig/TargetGroups/1", .invalidLoadBalancerAction,
            #"{"Type": "forward", "ForwardConfig": {"TargetGroups": [{"TargetGroupArn": "users"}, {"TargetGroupArn": "users"}]}}"#
        ),
        .action(
            "/0/ForwardConfig/TargetGroups/0/TargetGroupArn", .targetGroupNotFound,
            #"{"Type": "forward", "ForwardConfig": {"TargetGroups": [{"TargetGroupArn": "x"}]}}"#),
        .action(
            "/0/ForwardConfig/TargetGroupStickinessConfig/Enabled", .invalidLoadBalancerAction,
            #"{"Type": "forward", "ForwardConfig": {"TargetGroups": [{"TargetGroupArn": "users"}], "TargetGroupStickinessConfig": {"Enabled": true}}}"#
        ),
    ]

    static let groups: [FaultCase] = [
        .group(
            "/HealthCheckIntervalSeconds", .validationError, #""HealthCheckIntervalSeconds": 4"#),
        .group("/HealthCheckTimeoutSeconds", .validationError, #""HealthCheckTimeoutSeconds": 1"#),
        .group(
            "/HealthCheckTimeoutSeconds", .validationError,
            #""HealthCheckIntervalSeconds": 5, "HealthCheckTimeoutSeconds": 5"#),
        .group("/HealthyThresholdCount", .validationError, #""HealthyThresholdCount": 1"#),
        .group("/UnhealthyThresholdCount", .validationError, #""UnhealthyThresholdCount": 11"#),
        .group("/HealthCheckPath", .validationError, #""HealthCheckPath": "ready""#),
        .group("/HealthCheckPath", .validationError, #""HealthCheckPath": "/a b""#),
        .group("/HealthCheckPort", .validationError, #""HealthCheckPort": "0""#),
        .group("/Matcher/HttpCode", .validationError, #""Matcher": {"HttpCode": "500"}"#),
        .group("/Protocol", .unsupportedProtocol, #""Protocol": "HTTPS""#),
        .group("/ProtocolVersion", .unsupportedProtocol, #""ProtocolVersion": "GRPC""#),
        .group("/TargetType", .invalidConfigurationRequest, #""TargetType": "lambda""#),
        .group("/Targets/0/Id", .invalidTarget, #""Targets": [{"Id": "users", "Port": 1}]"#),
        .group("/Targets/0/Port", .invalidTarget, #""Targets": [{"Id": "127.0.0.1"}]"#),
        .group(
            "/Targets/1", .invalidTarget,
            #""Port": 1, "Targets": [{"Id": "127.0.0.1"}, {"Id": "127.0.0.1", "Port": 1}]"#),
        .group("/Discovery/ServiceName", .validationError, #""Discovery": {"NamespaceName": "x"}"#),
        .group("/Attributes/speed", .validationError, #""Attributes": {"speed": "1"}"#),
        .group(
            "/Attributes/load_balancing.algorithm.type", .validationError,
            #""Attributes": {"load_balancing.algorithm.type": "weighted_random"}"#),
        .group(
            "/Attributes/0/Value", .validationError,
            #""Attributes": [{"Key": "deregistration_delay.timeout_seconds", "Value": "3601"}]"#),
        .group(
            "/Attributes/stickiness.enabled", .validationError,
            #""Attributes": {"stickiness.enabled": "true"}"#),
        FaultCase(
            text: file(groups: #"{"TargetGroupName": "users"}, {"TargetGroupName": "users"}"#),
            pointer: "/TargetGroups/1/TargetGroupName", code: .duplicateTargetGroupName),
    ]

    static let whole: [FaultCase] = [
        FaultCase(text: "[]", pointer: "", code: .validationError),
        FaultCase(text: "", pointer: "", code: .validationError),
        FaultCase(text: "{}", pointer: "/Listeners", code: .validationError),
        FaultCase(
            text: file(
                rules: (1...2_001).map { ruleText(priority: "\($0)") }.joined(separator: ",")),
            pointer: "/Listeners/0/Rules", code: .tooManyRules),
        FaultCase(
            text: #"{"Listeners": [\#(listener), \#(listener)], \#(users)}"#,
            pointer: "/Listeners/1/Port", code: .duplicateListener),
        FaultCase(
            text: #"{"Listeners": [{"Port": 1, "Protocol": "HTTPS", \#(fallback)}], \#(users)}"#,
            pointer: "/Listeners/0/Protocol", code: .unsupportedProtocol),
        FaultCase(
            text:
                #"{"Listeners": [\#(listener)], \#(users), "Admin": {"Port": 1, "Address": "x"}}"#,
            pointer: "/Admin/Address", code: .validationError),
        FaultCase(
            text: #"{"Listeners": [\#(listener)], \#(users), "Attributes": {"waf": "on"}}"#,
            pointer: "/Attributes/waf", code: .invalidConfigurationRequest),
    ]

    static let fallback =
        #""DefaultActions": [{"Type": "forward", "TargetGroupArn": "users"}]"#
    static let listener = #"{"Port": 8080, \#(fallback)}"#
    static let users = #""TargetGroups": [{"TargetGroupName": "users"}]"#
}

/// What is refused, at which place, with which of AWS's codes.
@Suite struct ConfigurationFaultTests {
    @Test("a bad rule is refused", arguments: FaultCases.rules)
    func rule(_ example: FaultCase) { expectRefused(example) }

    @Test("a bad condition is refused", arguments: FaultCases.conditions)
    func condition(_ example: FaultCase) { expectRefused(example) }

    @Test("a bad action is refused", arguments: FaultCases.actions)
    func action(_ example: FaultCase) { expectRefused(example) }

    @Test("a bad target group is refused", arguments: FaultCases.groups)
    func group(_ example: FaultCase) { expectRefused(example) }

    @Test("a bad file is refused", arguments: FaultCases.whole)
    func whole(_ example: FaultCase) { expectRefused(example) }

    private func expectRefused(_ example: FaultCase) {
        let faults = faults(example.text)
        #expect(faults.map(\.pointer) == [example.pointer], "\(faults)")
        #expect(faults.first?.code == example.code)
    }
}
