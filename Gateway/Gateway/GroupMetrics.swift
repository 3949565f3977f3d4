package import Telemetry

/// What is counted for one target group. Labels come from the configuration only, so that their
/// number is bounded by it.
package final class GroupMetrics: Sendable {
    /// Answers of targets, by class of status: 1xx to 5xx.
    private let answers: [Counter]
    /// Requests that the gateway answered itself because no target did.
    package let unanswered: Counter
    /// Attempts that failed, whatever came of the request.
    package let failedAttempts: Counter
    /// Attempts after the first one of a request.
    package let retries: Counter
    /// Requests sent to targets not known to be healthy, because none was.
    package let failOpen: Counter
    /// From sending the request to the first byte of the answer.
    package let responseTime: Histogram

    package init(_ group: String, in metrics: Metrics) {
        let labels: Labels = ["target_group": group]
        answers = (1...5).map {
            metrics.counter(
                "gateway_target_answers_total", "Answers of targets, by class of status.",
                labels: ["target_group": group, "class": "\($0)xx"])
        }
        unanswered = metrics.counter(
            "gateway_unanswered_total", "Requests that no target answered.", labels: labels)
        failedAttempts = metrics.counter(
            "gateway_failed_attempts_total", "Attempts at a target that failed.", labels: labels)
        retries = metrics.counter(
            "gateway_retries_total", "Attempts after the first one of a request.", labels: labels)
        failOpen = metrics.counter(
            "gateway_unhealthy_routing_requests_total",
            "Requests sent to targets not known to be healthy, because none was.", labels: labels)
        responseTime = metrics.histogram(
            "gateway_target_response_seconds",
            "From sending a request to the first byte of its answer.", labels: labels)
    }

    /// A target answered with this status.
    package func answered(_ code: Int) { answers[min(max(code / 100, 1), 5) - 1].add() }
}
