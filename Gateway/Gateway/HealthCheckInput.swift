import JSON

/// The health check fields of a target group, with ALB's ranges and defaults.
extension TargetGroupInput {
    static func healthCheck(_ fields: inout JSONFields) -> HealthCheckSettings {
        var check = HealthCheckSettings()
        check.path = path(&fields) ?? check.path
        check.port = port(&fields)
        readTimes(into: &check, &fields)
        if let count = fields.optionalInteger("HealthyThresholdCount", in: 2...10) {
            check.healthyThreshold = Int(count)
        }
        if let count = fields.optionalInteger("UnhealthyThresholdCount", in: 2...10) {
            check.unhealthyThreshold = Int(count)
        }
        let matcher = fields.optionalObject("Matcher", as: MatcherInput.self)
        check.matcher = matcher?.matcher ?? check.matcher
        return check
    }

    private static func path(_ fields: inout JSONFields) -> String? {
        guard let path = fields.optionalString("HealthCheckPath") else { return nil }
        let isFit =
            path.hasPrefix("/") && path.utf8.count <= GatewayLimits.healthCheckPathBytesMax
            && path.utf8.allSatisfy { (0x21...0x7e).contains($0) && $0 != UInt8(ascii: "#") }
        if !isFit {
            fields.refuse(
                "HealthCheckPath", .validationError,
                "a path of at most \(GatewayLimits.healthCheckPathBytesMax) visible ASCII "
                    + "characters that starts with / is expected")
        }
        return path
    }

    /// `traffic-port`, or a number as a string.
    private static func port(_ fields: inout JSONFields) -> UInt16? {
        guard let text = fields.optionalString("HealthCheckPort"), text != "traffic-port" else {
            return nil
        }
        guard let port = UInt16(text), port > 0 else {
            fields.refuse(
                "HealthCheckPort", .validationError,
                "traffic-port or a port from 1 to 65535 is expected, as a string")
            return nil
        }
        return port
    }

    /// A probe must be over before the next begins: asked for so, or made so where nothing was
    /// asked.
    private static func readTimes(into check: inout HealthCheckSettings, _ fields: inout JSONFields)
    {
        let interval = fields.optionalInteger("HealthCheckIntervalSeconds", in: 5...300)
        let timeout = fields.optionalInteger("HealthCheckTimeoutSeconds", in: 2...120)
        if let interval { check.intervalMilliseconds = Int(interval) * 1_000 }
        if let timeout {
            check.timeoutMilliseconds = Int(timeout) * 1_000
            if check.timeoutMilliseconds >= check.intervalMilliseconds {
                fields.refuse(
                    "HealthCheckTimeoutSeconds", .validationError,
                    "the timeout must be shorter than the interval")
            }
        } else {
            check.timeoutMilliseconds = min(
                check.timeoutMilliseconds, check.intervalMilliseconds - 1_000)
        }
    }
}

private struct MatcherInput: JSONDecodable {
    let matcher: HealthMatcher?

    init(from fields: inout JSONFields) {
        fields.refuseIfPresent("GrpcCode")
        let text = fields.requiredString("HttpCode")
        matcher = HealthMatcher(text)
        if matcher == nil, !text.isEmpty {
            fields.refuse(
                "HttpCode", .validationError,
                "codes from 200 to 499 are expected, such as 200 or 200,202 or 200-299")
        }
    }
}
