import Bytes

/// What kind of metric a name stands for.
package enum MetricKind: String, Sendable { case counter, gauge, histogram }

/// All series of one name.
struct MetricFamily: Sendable {
    let name: String
    let help: String
    let kind: MetricKind
    var series: [Labels: any AnyObject & Sendable] = [:]
    var collectors: [@Sendable (inout MetricSamples) -> Void] = []

    /// The place of the family called `name`, which is made if there is none.
    static func find(
        _ name: String, _ help: String, _ kind: MetricKind, in families: inout [MetricFamily]
    ) -> Int {
        precondition(MetricName.isMetric(name), "a metric is named in snake_case")
        if let index = families.firstIndex(where: { $0.name == name }) {
            precondition(families[index].kind == kind, "a name stands for one kind of metric")
            return index
        }
        families.append(MetricFamily(name: name, help: help, kind: kind))
        return families.count - 1
    }

    func write(into text: inout ByteBuffer) {
        var samples = MetricSamples(name: name)
        for collector in collectors { collector(&samples) }
        text.append("# HELP \(name) ")
        MetricText.append(help, to: &text, escapingQuotes: false)
        text.append("\n# TYPE \(name) \(kind.rawValue)\n")
        text.append(samples.text.freeze())
    }
}
