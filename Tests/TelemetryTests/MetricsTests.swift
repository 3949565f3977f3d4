import Bytes
import Testing

@testable import Telemetry

@Suite("Metrics")
struct MetricsTests {
    @Test("a scrape shows help, type and every series of a metric together")
    func exposition() {
        let metrics = Metrics()
        let get = metrics.counter("requests_total", "Requests.", labels: ["method": "GET"])
        let open = metrics.gauge("connections_open", "Open connections.")
        let post = metrics.counter("requests_total", "Requests.", labels: ["method": "POST"])
        get.add(2)
        post.add()
        open.add(3)
        open.subtract()
        #expect(
            metrics.exposition().text == """
                # HELP telemetry_series_refused_total Series refused: their metric had too many.
                # TYPE telemetry_series_refused_total counter
                telemetry_series_refused_total 0
                # HELP requests_total Requests.
                # TYPE requests_total counter
                requests_total{method="GET"} 2
                requests_total{method="POST"} 1
                # HELP connections_open Open connections.
                # TYPE connections_open gauge
                connections_open 2

                """)
    }

    @Test("a histogram shows cumulative buckets in seconds, the last equal to the count")
    func histogram() {
        let metrics = Metrics()
        let time = metrics.histogram(
            "request_seconds", "Duration.", labels: ["route": "/"], bounds: [5_000, 1_000_000])
        for microseconds in [1, 5_000, 5_001, 2_000_000] { time.observe(microseconds) }
        let lines = metrics.exposition().text.split(separator: "\n").suffix(7)
        #expect(
            Array(lines) == [
                "# HELP request_seconds Duration.",
                "# TYPE request_seconds histogram",
                "request_seconds_bucket{route=\"/\",le=\"0.005\"} 2",
                "request_seconds_bucket{route=\"/\",le=\"1\"} 3",
                "request_seconds_bucket{route=\"/\",le=\"+Inf\"} 4",
                "request_seconds_sum{route=\"/\"} 2.010002",
                "request_seconds_count{route=\"/\"} 4",
            ])
    }

    @Test("backslash and line feed are escaped, quotes in label values only")
    func escaping() {
        let metrics = Metrics()
        metrics.gauge("odd", "a \\ \"b\"\nc", labels: ["x": "a \\ \"b\"\nc"]).set(1)
        let text = metrics.exposition().text
        #expect(text.contains("# HELP odd a \\\\ \"b\"\\nc\n"))
        #expect(text.contains("odd{x=\"a \\\\ \\\"b\\\"\\nc\"} 1\n"))
    }

    @Test(
        "numbers are spelled as Prometheus reads them",
        arguments: [
            (Double.nan, "NaN"), (.infinity, "+Inf"), (-.infinity, "-Inf"), (1, "1"),
            (0.005, "0.005"),
            (-2.5, "-2.5"), (1e21, "1e+21"),
        ])
    func numbers(value: Double, text: String) {
        #expect(MetricText.number(value) == text)
    }

    @Test("the same name and labels give the same instrument, in whatever order the labels stand")
    func identity() {
        let metrics = Metrics()
        let one = metrics.counter("a_total", "A.", labels: ["x": "1", "y": "2"])
        let two = metrics.counter("a_total", "A.", labels: ["y": "2", "x": "1"])
        #expect(one === two)
    }

    @Test("a metric takes so many series and no more; the rest count unseen and are counted")
    func seriesLimit() {
        let metrics = Metrics()
        for number in 0...TelemetryLimits.seriesMax {
            metrics.counter("a_total", "A.", labels: ["n": "\(number)"]).add()
        }
        let lines = metrics.exposition().text.split(separator: "\n")
        #expect(lines.filter { $0.hasPrefix("a_total{") }.count == TelemetryLimits.seriesMax)
        #expect(lines.contains("telemetry_series_refused_total 1"))
    }

    @Test("a collected metric is asked anew for every scrape")
    func collected() {
        let metrics = Metrics()
        let targets = Gauge()
        metrics.collect("targets", "Targets.", .gauge) { samples in
            for target in 0..<targets.current { samples.add(1, labels: ["id": "\(target)"]) }
        }
        #expect(!metrics.exposition().text.contains("targets{"))
        targets.set(1)
        #expect(metrics.exposition().text.contains("targets{id=\"0\"} 1\n"))
    }

    @Test("nothing is lost when many threads count at once, and no bucket beside the sum")
    func concurrentCounting() async {
        let counter = Counter()
        let histogram = Histogram(bounds: [1, 2])
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    for number in 0..<10_000 {
                        counter.add()
                        histogram.observe(number % 4)
                    }
                }
            }
        }
        #expect(counter.total == 40_000)
        #expect(histogram.snapshot.counts == [20_000, 10_000, 10_000])
        #expect(histogram.snapshot.sum == 60_000)
    }

    @Test("the metrics of the process have values on this system")
    func process() throws {
        let metrics = Metrics()
        ProcessMetrics.register(in: metrics)
        let samples = metrics.exposition().text.split(separator: "\n").filter {
            $0.hasPrefix("process_")
        }
        #expect(samples.count == 5)
        for sample in samples {
            let value = try #require(sample.split(separator: " ").last.flatMap { Double($0) })
            #expect(value > 0, "\(sample)")
        }
    }
}
