package import Bytes
package import JSON

/// A token of a member's own program.
package struct APIToken: Equatable, Sendable {
    package let id: ID<APIToken>
    /// What its owner calls it.
    package let name: String
    /// What it may do, such as `posts:write`.
    package let scopes: [String]
    package let createdAt: Timestamp
    /// Nil: it does not end by itself.
    package let expiresAt: Timestamp?
    /// The token itself: in the answer that makes it, and never again.
    package var text: String?

    package init(
        id: ID<APIToken>, name: String, scopes: [String], createdAt: Timestamp,
        expiresAt: Timestamp?, text: String? = nil
    ) {
        self.id = id
        self.name = name
        self.scopes = scopes
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.text = text
    }
}

extension APIToken: JSONRecord {
    package static let members: [JSONMember<APIToken>] = [
        .id("id", \.id),
        .string("name", \.name),
        .strings("scopes", \.scopes),
        .timestamp("createdAt", \.createdAt),
        .timestamp("expiresAt", orNull: \.expiresAt),
        .string("token", orAbsent: \.text),
    ]
}
