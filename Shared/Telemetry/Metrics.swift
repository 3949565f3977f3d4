package import Bytes
import Synchronization

/// All metrics of a process: made once by name, shown as Prometheus text.
///
/// Labels are given when a series is made, never when it is counted, so that no request can add a
/// series.
package final class Metrics: Sendable {
    /// The media type of `exposition()`.
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    private let families = Mutex<[MetricFamily]>([])
    private let refused = Counter()

    package init() {
        collect(
            "telemetry_series_refused_total", "Series refused: their metric had too many.",
            .counter
        ) { [refused] samples in samples.add(Double(refused.total)) }
    }

    /// The counter of this name and these labels; the same one for the same question. Its name ends
    /// in `_total`.
    package func counter(_ name: String, _ help: String, labels: Labels = [:]) -> Counter {
        precondition(name.hasSuffix("_total"), "the name of a counter ends in _total")
        return instrument(name, help, .counter, labels, Counter.init) { counter, labels in
            { $0.add(Double(counter.total), labels: labels) }
        }
    }

    /// The gauge of this name and these labels; the same one for the same question.
    package func gauge(_ name: String, _ help: String, labels: Labels = [:]) -> Gauge {
        instrument(name, help, .gauge, labels, Gauge.init) { gauge, labels in
            { $0.add(Double(gauge.current), labels: labels) }
        }
    }

    /// The histogram of this name and these labels; unit and bounds count for the first question
    /// only.
    package func histogram(
        _ name: String, _ help: String, labels: Labels = [:],
        unit: Histogram.Unit = .microseconds, bounds: [Int] = Histogram.requestBounds
    ) -> Histogram {
        let make = { Histogram(unit: unit, bounds: bounds) }
        return instrument(name, help, .histogram, labels, make) { histogram, labels in
            { $0.add(histogram, labels: labels) }
        }
    }

    /// A metric whose samples are made anew for every scrape: for what comes and goes, such as
    /// targets.
    package func collect(
        _ name: String, _ help: String, _ kind: MetricKind,
        _ samples: @escaping @Sendable (inout MetricSamples) -> Void
    ) {
        precondition(kind != .histogram, "a collected metric is a counter or a gauge")
        families.withLock { families in
            let index = MetricFamily.find(name, help, kind, in: &families)
            families[index].collectors.append(samples)
        }
    }

    /// Every metric in the text format 0.0.4.
    package func exposition() -> ByteString {
        // Collectors run outside the lock: they may take their time or make a metric themselves.
        let families = self.families.withLock { $0 }
        var text = ByteBuffer(capacity: 16 * 1024)
        for family in families { family.write(into: &text) }
        return text.freeze()
    }

    private func instrument<Instrument: AnyObject & Sendable>(
        _ name: String, _ help: String, _ kind: MetricKind, _ labels: Labels,
        _ make: () -> Instrument,
        _ shown: (Instrument, Labels) -> @Sendable (inout MetricSamples) -> Void
    ) -> Instrument {
        let made = families.withLock { families -> Instrument? in
            let index = MetricFamily.find(name, help, kind, in: &families)
            if let known = families[index].series[labels] { return known as? Instrument }
            guard families[index].series.count < TelemetryLimits.seriesMax else { return nil }
            let instrument = make()
            families[index].series[labels] = instrument
            families[index].collectors.append(shown(instrument, labels))
            return instrument
        }
        if let made { return made }
        refused.add()
        return make()
    }
}
