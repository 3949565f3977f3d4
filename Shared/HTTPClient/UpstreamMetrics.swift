package import Telemetry

/// What the client counts. One set for all loops.
package struct UpstreamMetrics: Sendable {
    /// Connections made.
    package let connectionsOpened: Counter
    /// Exchanges that went over a connection from the pool.
    package let connectionsReused: Counter
    /// Connections in the pools now.
    package let connectionsIdle: Gauge
    /// Exchanges that failed, whatever came of them in the end.
    package let failures: Counter

    /// Registers the figures under `http_client_…`.
    package init(_ metrics: Metrics) {
        connectionsOpened = metrics.counter(
            "http_client_connections_opened_total", "Connections made to other servers.")
        connectionsReused = metrics.counter(
            "http_client_connections_reused_total", "Exchanges over a connection from the pool.")
        connectionsIdle = metrics.gauge(
            "http_client_connections_idle", "Connections that wait in the pools now.")
        failures = metrics.counter(
            "http_client_failures_total", "Exchanges with other servers that failed.")
    }
}
