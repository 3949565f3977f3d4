package import Bytes
package import JSON

/// Where a topic is to stand before all others, and until when.
package struct PinRequest: Equatable, Sendable {
    package let scope: PinScope
    /// When it ends by itself; nil: when somebody ends it.
    package let until: Timestamp?
}

extension PinRequest: JSONDecodable {
    package init(from fields: inout JSONFields) {
        scope = fields.requiredWord("scope", PinScope.self)
        until = fields.optionalTimestamp("until")
        if scope == .none {
            fields.complain("scope", JSONComplaint.unknownValue, "one of: category, global")
        }
    }
}
