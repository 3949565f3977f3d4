package import Bytes
package import JSON
package import Routing

/// That somebody was banned, and what came of it.
package struct BanRecord: Equatable, Sendable {
    package let id: ID<BanRecord>
    package let user: ID<User>
    package let reach: Ban.Reach
    package let reason: String
    /// Nil: until somebody lifts it.
    package let until: Timestamp?
    /// Who did it; nil: the operator.
    package let by: ID<User>?
    package let createdAt: Timestamp
    /// When it was lifted, or when the next one followed it.
    package let liftedAt: Timestamp?

    package init(
        id: ID<BanRecord>, user: ID<User>, reach: Ban.Reach, reason: String, until: Timestamp?,
        by: ID<User>?, createdAt: Timestamp, liftedAt: Timestamp? = nil
    ) {
        self.id = id
        self.user = user
        self.reach = reach
        self.reason = reason
        self.until = until
        self.by = by
        self.createdAt = createdAt
        self.liftedAt = liftedAt
    }
}

extension BanRecord: JSONRecord {
    package static let members: [JSONMember<BanRecord>] = [
        .id("id", \.id),
        .id("user", \.user),
        .word("scope", \.reach),
        .string("reason", \.reason),
        .timestamp("until", orNull: \.until),
        .id("by", orNull: \.by),
        .timestamp("createdAt", \.createdAt),
        .timestamp("liftedAt", orNull: \.liftedAt),
    ]
}
