import JSON

/// What the body of a `resync` says.
struct ResyncRange: JSONDecodable {
    let kind: String
    let from: Int64
    let to: Int64

    init(from fields: inout JSONFields) {
        kind = fields.requiredString("kind", length: 1...OutboxLimits.kindBytesMax)
        from = fields.requiredInteger("from", in: 0...Int64.max)
        to = fields.requiredInteger("to", in: 0...Int64.max)
    }
}
