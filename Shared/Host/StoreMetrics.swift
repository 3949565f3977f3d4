import SQLite
import Telemetry

/// The figures of a store as metrics.
enum StoreMetrics {
    static func register(_ store: Store, name: String, in metrics: Metrics) {
        let statistics = store.statistics
        let labels: Labels = ["store": name]
        func add(
            _ metric: String, _ help: String, _ kind: MetricKind,
            _ value: @escaping @Sendable (StoreStatistics) -> Int
        ) {
            metrics.collect("sqlite_\(metric)", help, kind) {
                $0.add(Double(value(statistics)), labels: labels)
            }
        }
        add("commits_total", "Transactions made durable.", .counter) { $0.commits }
        add("writes_total", "Writes acknowledged as durable.", .counter) { $0.writes }
        add("failed_writes_total", "Writes answered with an error.", .counter) { $0.failedWrites }
        add("refused_writes_total", "Writes refused: the queue was full.", .counter) {
            $0.refusedWrites
        }
        add("busy_retries_total", "Pauses because another connection held the lock.", .counter) {
            $0.busyRetries
        }
        add("batch_writes", "Writes in the latest commit.", .gauge) { $0.lastBatch }
        add("batch_writes_max", "Writes in the largest commit.", .gauge) { $0.largestBatch }
        add("queued_writes", "Writes that wait for the writer now.", .gauge) { $0.queueDepth }
    }
}
