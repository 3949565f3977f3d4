package import Telemetry

/// What a server counts. One set for all loops of a server.
package struct ServerMetrics: Sendable {
    /// Connections accepted since the start.
    package let connectionsAccepted: Counter
    /// Connections refused because `connectionsMax` was reached.
    package let connectionsRefused: Counter
    /// Connections open now.
    package let connectionsOpen: Gauge
    /// Answers finished, by class of status: 1xx, 2xx, 3xx, 4xx, 5xx.
    package let answers: [Counter]
    /// Exchanges that ended without a finished answer.
    package let aborted: Counter
    /// Requests that broke a rule or a limit of the engine.
    package let refused: Counter
    /// Time from the head's arrival to the end of the answer, in seconds.
    package let duration: Histogram

    /// Registers the figures under `http_server_…`.
    package init(_ metrics: Metrics) {
        connectionsAccepted = metrics.counter(
            "http_server_connections_accepted_total", "Connections accepted.")
        connectionsRefused = metrics.counter(
            "http_server_connections_refused_total", "Connections refused: too many open.")
        connectionsOpen = metrics.gauge("http_server_connections_open", "Connections open now.")
        answers = (1...5).map {
            metrics.counter(
                "http_server_answers_total", "Answers finished, by class of status.",
                labels: ["class": "\($0)xx"])
        }
        aborted = metrics.counter(
            "http_server_aborted_total", "Exchanges that ended without a finished answer.")
        refused = metrics.counter(
            "http_server_refused_total", "Requests that broke a rule or a limit of HTTP.")
        duration = metrics.histogram(
            "http_server_request_duration_seconds",
            "From the arrival of the head to the end of the answer.")
    }
}
