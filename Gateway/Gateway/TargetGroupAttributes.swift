import JSON

/// The attributes of a target group: an object of strings, or the list of keys and values that
/// `describe-target-group-attributes` prints.
enum TargetGroupAttributes {
    static func read(into group: inout TargetGroup, _ fields: inout JSONFields) {
        for attribute in AttributeInput.list("Attributes", &fields) {
            if let problem = apply(attribute, to: &group) {
                fields.refuse(attribute.place, .validationError, problem)
            }
        }
    }

    /// Attributes of ALB that this version knows only at their defaults.
    private static let defaults: [String: String] = [
        "slow_start.duration_seconds": "0",
        "stickiness.enabled": "false",
        "load_balancing.algorithm.anomaly_mitigation": "off",
        "load_balancing.cross_zone.enabled": "use_load_balancer_configuration",
        "target_group_health.dns_failover.minimum_healthy_targets.count": "1",
        "target_group_health.dns_failover.minimum_healthy_targets.percentage": "off",
        "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count": "1",
        "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage": "off",
    ]

    /// Attributes of ALB that mean nothing while stickiness is off.
    private static let stickinessDetails: Set<String> = [
        "stickiness.type", "stickiness.lb_cookie.duration_seconds",
        "stickiness.app_cookie.cookie_name", "stickiness.app_cookie.duration_seconds",
    ]

    /// What is wrong with the attribute; nil once it is applied.
    private static func apply(_ attribute: AttributeInput, to group: inout TargetGroup) -> String? {
        switch attribute.key {
        case "load_balancing.algorithm.type":
            guard let algorithm = TargetGroup.Algorithm(rawValue: attribute.value) else {
                return attribute.value == "weighted_random"
                    ? "weighted_random is not served by this version"
                    : "round_robin or least_outstanding_requests is expected"
            }
            group.algorithm = algorithm
        case "deregistration_delay.timeout_seconds":
            guard let seconds = Int(attribute.value), (0...3_600).contains(seconds) else {
                return "a number of seconds from 0 to 3600 is expected"
            }
            group.deregistrationDelayMilliseconds = seconds * 1_000
        case let key where stickinessDetails.contains(key): return nil
        case let key:
            guard let value = defaults[key] else { return "there is no such attribute" }
            return value == attribute.value ? nil : "only '\(value)' is served by this version"
        }
        return nil
    }
}
