/// The status codes that mean healthy: `200`, `200,202` or `200-299` within 200…499, as in ALB.
package struct HealthMatcher: Sendable, Hashable {
    /// As written.
    package let text: String
    private let ranges: [ClosedRange<Int>]

    /// Nil unless `text` lists codes and ranges of codes within 200…499.
    package init?(_ text: String) {
        var ranges: [ClosedRange<Int>] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false)
                .map { $0.allSatisfy(\.isNumber) ? Int($0) : nil }
            guard ends.count <= 2, let first = ends[0], let last = ends[ends.count - 1],
                first <= last, (200...499).contains(first), (200...499).contains(last)
            else { return nil }
            ranges.append(first...last)
        }
        self.text = text
        self.ranges = ranges
    }

    package func accepts(_ code: Int) -> Bool { ranges.contains { $0.contains(code) } }
}
