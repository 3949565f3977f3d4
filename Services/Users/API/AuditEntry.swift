package import Bytes
package import JSON

/// Something that was done to an account.
package struct AuditEntry: Equatable, Sendable {
    package let id: ID<AuditEntry>
    package let at: Timestamp
    /// Who did it; nil: the operator.
    package let actor: ID<User>?
    /// Such as `role` or `ban`.
    package let action: String
    package let target: ID<User>
    package let before: String?
    package let after: String?

    package init(
        id: ID<AuditEntry>, at: Timestamp, actor: ID<User>?, action: String, target: ID<User>,
        before: String?, after: String?
    ) {
        self.id = id
        self.at = at
        self.actor = actor
        self.action = action
        self.target = target
        self.before = before
        self.after = after
    }
}

extension AuditEntry: JSONRecord {
    package static let members: [JSONMember<AuditEntry>] = [
        .id("id", \.id),
        .timestamp("at", \.at),
        .id("actor", orNull: \.actor),
        .string("action", \.action),
        .id("target", \.target),
        .string("before", orNull: \.before),
        .string("after", orNull: \.after),
    ]
}
