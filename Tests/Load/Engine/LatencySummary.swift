/// The few numbers that a reader wants of a histogram, in nanoseconds.
struct LatencySummary: Sendable, Equatable {
    let count: Int
    let mean: Double
    let p50: Int
    let p90: Int
    let p99: Int
    let p999: Int
    let max: Int

    init(_ histogram: Histogram) {
        count = histogram.count
        mean = histogram.mean
        p50 = histogram.quantile(0.5)
        p90 = histogram.quantile(0.9)
        p99 = histogram.quantile(0.99)
        p999 = histogram.quantile(0.999)
        max = histogram.max
    }
}
