import JSON

/// A listener with its rules, checked as far as it goes by itself; target groups are looked up
/// later.
struct ListenerInput: JSONDecodable {
    let address: String
    let port: UInt16
    let rules: [RuleInput]
    /// The action for what no rule takes, and where it was read; nil after a complaint.
    let defaultAction: (action: ActionInput, place: String)?

    init(from fields: inout JSONFields) {
        fields.ignore("ListenerArn", "LoadBalancerArn", "Tags")
        fields.refuseIfPresent("Certificates", "SslPolicy", "AlpnPolicy", "MutualAuthentication")
        address = fields.optionalAddress("Address") ?? "0.0.0.0"
        port = fields.requiredPort("Port", allowsZero: true)
        if let name = fields.optionalString("Protocol"), name != "HTTP" {
            fields.refuse(
                "Protocol", .unsupportedProtocol, "HTTP is the only protocol of this version")
        }
        rules = ListenerInput.rules(&fields)
        defaultAction = ListenerInput.defaultAction(rules, &fields)
    }

    private static func rules(_ fields: inout JSONFields) -> [RuleInput] {
        let rules = fields.optionalArray("Rules", of: RuleInput.self, count: 0...Int.max) ?? []
        if rules.count > GatewayLimits.rulesMax {
            fields.refuse(
                "Rules", .tooManyRules, "a listener has at most \(GatewayLimits.rulesMax) rules")
        }
        var taken: [ListenerRule.Priority: Int] = [:]
        for (index, rule) in rules.enumerated() {
            guard let priority = rule.priority else { continue }
            if let first = taken[priority] {
                fields.refuse(
                    "Rules/\(index)/Priority", .priorityInUse,
                    "priority \(priority.text) is in use by rule \(first)")
            }
            taken[priority] = taken[priority] ?? index
        }
        return rules
    }

    /// `DefaultActions`, or the default rule that `describe-rules` prints last; if both, they must
    /// agree.
    private static func defaultAction(
        _ rules: [RuleInput], _ fields: inout JSONFields
    ) -> (action: ActionInput, place: String)? {
        let place = rules.firstIndex { $0.priority == .default }
        let listed = place.flatMap { rules[$0].action }
        if place != nil, !fields.has("DefaultActions") {
            return listed.map { ($0, "Rules/\(place ?? 0)/Actions/0") }
        }
        guard let action = ActionInput.single("DefaultActions", in: &fields) else { return nil }
        if let listed, let place, !listed.agrees(with: action) {
            fields.refuse(
                "Rules/\(place)/Actions", .operationNotPermitted,
                "the default rule and DefaultActions do not say the same")
        }
        return (action, "DefaultActions/0")
    }
}
