import Bytes

/// What Prometheus accepts as a name. Colons are left to recording rules.
enum MetricName {
    static func isMetric(_ name: String) -> Bool {
        guard let first = name.utf8.first, !ASCII.isDigit(first) else { return false }
        return name.utf8.allSatisfy { ASCII.isLetter($0) || ASCII.isDigit($0) || $0 == 0x5f }
    }

    /// `le` belongs to histograms, two leading underscores to Prometheus itself.
    static func isLabel(_ name: String) -> Bool {
        isMetric(name) && name != "le" && !name.hasPrefix("__")
    }
}
