import JSON

/// What the body of a `resync` says.
struct ResyncRange: JSONDecodable {
    let kind: String
    let from: Int64
    let to: Int64

    init(kind: String, from: Int64, to: Int64) {
        self.kind = kind
        self.from = from
        self.to = to
    }

    init(from fields: inout JSONFields) {
        kind = fields.requiredString("kind", length: 1...OutboxLimits.kindBytesMax)
        from = fields.requiredInteger("from", in: 0...Int64.max)
        to = fields.requiredInteger("to", in: 0...Int64.max)
    }

    /// Both ranges as one; nil where something lies between them, or they are of different kinds.
    func joined(with other: ResyncRange) -> ResyncRange? {
        guard kind == other.kind, ResyncRange.isTouching(self, other),
            ResyncRange.isTouching(other, self)
        else { return nil }
        return ResyncRange(kind: kind, from: min(from, other.from), to: max(to, other.to))
    }

    private static func isTouching(_ one: ResyncRange, _ other: ResyncRange) -> Bool {
        one.from == 0 || one.from - 1 <= other.to
    }
}
