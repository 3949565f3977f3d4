/// How the targets of a group are probed: ALB's fields with ALB's defaults, times in milliseconds.
package struct HealthCheckSettings: Sendable, Hashable {
    /// Path and query of the probe, starting with `/`.
    package var path = "/"
    /// The port probed; nil for the port that takes the traffic.
    package var port: UInt16?
    /// From the start of one probe to the start of the next.
    package var intervalMilliseconds = 30_000
    /// The whole of one probe: connecting, sending, the head of the answer.
    package var timeoutMilliseconds = 5_000
    /// Successes in a row that make an unhealthy target healthy. A new target needs only one.
    package var healthyThreshold = 5
    /// Failures in a row that make a target unhealthy.
    package var unhealthyThreshold = 2
    package var matcher = HealthCheckSettings.okOnly

    package init() {}

    /// ALB's default matcher, `200`.
    private static let okOnly: HealthMatcher = {
        guard let matcher = HealthMatcher("200") else { preconditionFailure("200 is a status") }
        return matcher
    }()
}
