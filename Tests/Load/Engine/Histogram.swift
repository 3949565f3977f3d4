/// Counts of nanosecond values in log-linear buckets: each power of two is cut into 128 parts.
///
/// Values below 256 are exact; above, a quantile is at most 1/128 (0.8 %) over the value it stands
/// for and never under it. Memory is fixed: 4352 counters, whatever is recorded.
struct Histogram: Sendable {
    private static let partBits = 7
    /// 18 minutes; anything above is counted here, and `max` still says the truth.
    static let valueMax = (1 << 40) - 1
    private static let bucketCount = bucket(of: valueMax) + 1

    private var buckets = [Int](repeating: 0, count: bucketCount)
    private(set) var count = 0
    private(set) var sum = 0
    private(set) var max = 0

    /// Counts one value; a negative one (a clock that was read too early) counts as zero.
    mutating func record(_ value: Int) {
        let value = Swift.max(0, value)
        buckets[Self.bucket(of: Swift.min(value, Self.valueMax))] += 1
        count += 1
        sum += value
        max = Swift.max(max, value)
    }

    mutating func merge(_ other: Histogram) {
        for index in buckets.indices { buckets[index] += other.buckets[index] }
        count += other.count
        sum += other.sum
        max = Swift.max(max, other.max)
    }

    /// The smallest bucket edge that at least `fraction` of all values do not exceed; 0 when empty.
    func quantile(_ fraction: Double) -> Int {
        let rank = Swift.max(1, Int((fraction * Double(count)).rounded(.up)))
        var seen = 0
        for (index, amount) in buckets.enumerated() {
            seen += amount
            if seen >= rank { return Swift.min(Self.upperEdge(of: index), max) }
        }
        return max
    }

    var mean: Double { count == 0 ? 0 : Double(sum) / Double(count) }

    static func bucket(of value: Int) -> Int {
        let octave = Swift.max(0, Int.bitWidth - 1 - value.leadingZeroBitCount - partBits)
        return (octave << partBits) + (value >> octave)
    }

    /// The largest value that falls into the bucket.
    static func upperEdge(of bucket: Int) -> Int {
        let octave = Swift.max(0, (bucket >> partBits) - 1)
        return ((bucket - (octave << partBits) + 1) << octave) - 1
    }
}
