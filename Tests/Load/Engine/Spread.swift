/// The middle and the extremes of the same figure taken several times.
struct Spread: Sendable, Equatable {
    let median: Double
    let low: Double
    let high: Double

    /// nil when there is nothing to take the middle of.
    init?(_ values: [Double]) {
        guard !values.isEmpty else { return nil }
        let sorted = values.sorted()
        let middle = sorted.count / 2
        median =
            sorted.count.isMultiple(of: 2)
            ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
        low = sorted[0]
        high = sorted[sorted.count - 1]
    }
}
