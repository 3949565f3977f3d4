/// The statuses that count as success, as written in `--expect`: `200`, `201,409`, `2xx,3xx`.
struct ExpectedStatuses: Sendable, Equatable {
    let text: String
    private let ranges: [ClosedRange<Int>]

    static let success = ExpectedStatuses(text: "2xx,3xx", ranges: [200...299, 300...399])

    init(_ text: String) throws(LoadFailure) {
        var ranges: [ClosedRange<Int>] = []
        for field in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let range = Self.range(of: field) else {
                throw .usage("--expect \(text): list statuses like 200 or classes like 2xx")
            }
            ranges.append(range)
        }
        self.init(text: text, ranges: ranges)
    }

    private init(text: String, ranges: [ClosedRange<Int>]) {
        self.text = text
        self.ranges = ranges
    }

    func contains(_ status: Int) -> Bool { ranges.contains { $0.contains(status) } }

    private static func range(of field: Substring) -> ClosedRange<Int>? {
        guard field.count == 3 else { return nil }
        if field.hasSuffix("xx"), let digit = ASCIIText.decimal(field.prefix(1).utf8),
            (1...5).contains(digit)
        {
            return digit * 100...digit * 100 + 99
        }
        guard let status = ASCIIText.decimal(field.utf8), (100...599).contains(status) else {
            return nil
        }
        return status...status
    }
}
