package import Bytes
package import JSON

/// What a moderator says while locking a topic, or taking it out of sight.
package struct LockRequest: Equatable, Sendable {
    package let reason: String?
    /// When it ends by itself; nil: when somebody ends it.
    package let until: Timestamp?

    /// Without a word, until somebody ends it.
    package init() {
        reason = nil
        until = nil
    }
}

extension LockRequest: JSONDecodable {
    package init(from fields: inout JSONFields) {
        reason = fields.optionalString("reason", length: TopicLimits.reasonCharacters)
        until = fields.optionalTimestamp("until")
    }
}
