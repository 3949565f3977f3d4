package import Bytes
package import JSON
package import UsersAPI

/// One text that a message had.
package struct Revision: Equatable, Sendable {
    /// 1 is the text it was posted with; the last is the present one.
    package let rev: Int64
    /// Who wrote this text.
    package let by: ID<User>
    package let at: Timestamp
    package let reason: String?
    package let text: String

    package init(rev: Int64, by: ID<User>, at: Timestamp, reason: String?, text: String) {
        self.rev = rev
        self.by = by
        self.at = at
        self.reason = reason
        self.text = text
    }
}

extension Revision: JSONRecord {
    package static let members: [JSONMember<Revision>] = [
        .integer("rev", \.rev),
        .id("by", \.by),
        .timestamp("at", \.at),
        .string("reason", orNull: \.reason),
        .string("text", \.text),
    ]
}
