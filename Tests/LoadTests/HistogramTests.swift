import Testing

@testable import LoadEngine

@Suite struct HistogramTests {
    @Test("small values are exact") func exact() {
        for value in 0..<256 {
            #expect(Histogram.upperEdge(of: Histogram.bucket(of: value)) == value)
        }
    }

    @Test("a bucket's edge is never under its values and at most 1/128 over them", arguments: 1...8)
    func bounded(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<20_000 {
            let bits = Int.random(in: 1...40, using: &generator)
            let value = Int.random(in: 0..<(1 << bits), using: &generator)
            let edge = Histogram.upperEdge(of: Histogram.bucket(of: value))
            #expect(edge >= value && (edge - value) * 128 <= value, "seed \(seed), value \(value)")
        }
    }

    @Test("buckets follow each other without gap or overlap") func contiguous() {
        for bucket in 0..<Histogram.bucket(of: Histogram.valueMax) {
            let edge = Histogram.upperEdge(of: bucket)
            #expect(Histogram.bucket(of: edge) == bucket)
            #expect(Histogram.bucket(of: edge + 1) == bucket + 1)
        }
    }

    @Test("quantiles are within 1 % of those of the sorted values", arguments: 1...8)
    func quantiles(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var histogram = Histogram()
        var values: [Int] = []
        for _ in 0..<Int.random(in: 1...5_000, using: &generator) {
            let value = 1 << Int.random(in: 0...35, using: &generator)
            values.append(value + Int.random(in: 0..<value, using: &generator))
            histogram.record(values[values.count - 1])
        }
        values.sort()
        for fraction in [0.001, 0.5, 0.9, 0.99, 0.999, 1] {
            let rank = max(1, Int((fraction * Double(values.count)).rounded(.up)))
            let truth = values[rank - 1]
            let shown = histogram.quantile(fraction)
            #expect(shown >= truth && shown - truth <= truth / 100 + 1, "seed \(seed), \(fraction)")
        }
    }

    @Test("maximum and mean are exact, also of values beyond the last bucket") func extremes() {
        var histogram = Histogram()
        histogram.record(1)
        histogram.record(Histogram.valueMax * 3)
        #expect(histogram.max == Histogram.valueMax * 3)
        #expect(histogram.mean == Double(Histogram.valueMax * 3 + 1) / 2)
    }

    @Test("an empty histogram answers zero") func empty() {
        let summary = LatencySummary(Histogram())
        #expect(summary.count == 0 && summary.p99 == 0 && summary.max == 0 && summary.mean == 0)
    }

    @Test("merging gives what recording into one would have given") func merging() {
        var generator = SeededGenerator(seed: 42)
        var parts = [Histogram(), Histogram()]
        var whole = Histogram()
        for index in 0..<1_000 {
            let value = Int.random(in: 0...1 << 30, using: &generator)
            parts[index % 2].record(value)
            whole.record(value)
        }
        parts[0].merge(parts[1])
        #expect(LatencySummary(parts[0]) == LatencySummary(whole))
    }
}
