package import Bytes
package import JSON
package import UsersAPI

/// A thread of the forum: on the wire it is called *thread*.
package struct Topic: Equatable, Sendable {
    package let id: ID<Topic>
    package let title: String
    package let createdBy: ID<User>
    /// The title in a form fit for an address; not unique.
    package let slug: String
    package let createdAt: Timestamp
    package let updatedAt: Timestamp
    /// Grows by one with every change; the first is 1.
    package let version: Int64

    package init(
        id: ID<Topic>, title: String, createdBy: ID<User>, slug: String, createdAt: Timestamp,
        updatedAt: Timestamp, version: Int64
    ) {
        self.id = id
        self.title = title
        self.createdBy = createdBy
        self.slug = slug
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.version = version
    }
}

extension Topic: JSONRecord {
    /// The lab's members in the lab's order, then the forum's own.
    package static let members: [JSONMember<Topic>] = [
        .id("id", \.id),
        .string("title", \.title),
        .id("createdBy", \.createdBy),
        .string("slug", \.slug),
        .timestamp("createdAt", \.createdAt),
        .timestamp("updatedAt", \.updatedAt),
        .integer("version", \.version),
    ]
}
