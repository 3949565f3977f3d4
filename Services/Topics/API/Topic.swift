package import Bytes
package import UsersAPI

/// A thread of the forum as its service keeps it, without what others know: on the wire it is
/// called *thread*.
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
    package let category: ID<Category>
    package let kind: TopicKind
    package let state: TopicState

    package init(
        id: ID<Topic>, title: String, createdBy: ID<User>, slug: String, createdAt: Timestamp,
        updatedAt: Timestamp, version: Int64, category: ID<Category> = Category.general,
        kind: TopicKind = .discussion, state: TopicState = .visible
    ) {
        self.id = id
        self.title = title
        self.createdBy = createdBy
        self.slug = slug
        self.createdAt = createdAt
        self.updatedAt = updatedAt
        self.version = version
        self.category = category
        self.kind = kind
        self.state = state
    }
}
