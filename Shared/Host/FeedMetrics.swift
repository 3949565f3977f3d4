import Outbox
import Telemetry

/// What a process follows, as metrics: a series for each pair of services.
enum FeedMetrics {
    static func register(_ exchange: FeedExchange, in metrics: Metrics) {
        func add(
            _ metric: String, _ help: String, _ kind: MetricKind,
            _ value: @escaping @Sendable (ProjectorFigures) -> Int
        ) {
            metrics.collect("feed_\(metric)", help, kind) { samples in
                for (wire, figures) in exchange.figures {
                    samples.add(
                        Double(value(figures)), labels: ["by": wire, "source": figures.source])
                }
            }
        }
        add("lag_seconds", "Seconds since the projection was known to be current.", .gauge) {
            $0.lagSeconds
        }
        add("position", "The last event of the source that was applied.", .gauge) {
            Int($0.position)
        }
        add("head", "The last event of the source that was heard of.", .gauge) { Int($0.head) }
        add("reachable", "Whether the source answered when last asked.", .gauge) {
            $0.isReachable ? 1 : 0
        }
        add("projecting", "Whether this process, of all replicas, follows the source.", .gauge) {
            $0.isHolder ? 1 : 0
        }
        add("applied_total", "Events and rows applied.", .counter) { $0.applied }
        add("rebuilds_total", "Snapshots begun.", .counter) { $0.rebuilds }
        add("failures_total", "Attempts to follow that failed.", .counter) { $0.failures }
        add("refused_pages_total", "Pages refused as impossible.", .counter) { $0.refusedPages }
    }
}
