import Bytes

/// The samples of one metric while they are gathered for a scrape.
package struct MetricSamples: ~Copyable {
    let name: String
    var text = ByteBuffer()

    init(name: String) { self.name = name }

    /// One sample.
    package mutating func add(_ value: Double, labels: Labels = [:]) {
        line("", labels, le: nil, MetricText.number(value))
    }

    /// Cumulative buckets, the last one equal to the count, as the format asks.
    mutating func add(_ histogram: Histogram, labels: Labels) {
        let (counts, sum) = histogram.snapshot
        let scale = histogram.unit == .microseconds ? 1e6 : 1.0
        var total: UInt64 = 0
        for (index, count) in counts.enumerated() {
            total += count
            let isLast = index == histogram.bounds.count
            let bound = isLast ? .infinity : Double(histogram.bounds[index]) / scale
            line("_bucket", labels, le: MetricText.number(bound), "\(total)")
        }
        line("_sum", labels, le: nil, MetricText.number(Double(sum) / scale))
        line("_count", labels, le: nil, "\(total)")
    }

    private mutating func line(_ suffix: String, _ labels: Labels, le: String?, _ value: String) {
        text.append(name)
        text.append(suffix)
        if le != nil || !labels.list.isEmpty { append(labels, le: le) }
        text.append(ASCII.space)
        text.append(value)
        text.append(ASCII.lineFeed)
    }

    private mutating func append(_ labels: Labels, le: String?) {
        var separator: StaticString = "{"
        for label in labels.list {
            text.append(separator)
            text.append(label.name)
            text.append("=\"" as StaticString)
            MetricText.append(label.value, to: &text, escapingQuotes: true)
            text.append(UInt8(ascii: "\""))
            separator = ","
        }
        if let le {
            text.append(separator)
            text.append("le=\"\(le)\"")
        }
        text.append(UInt8(ascii: "}"))
    }
}
