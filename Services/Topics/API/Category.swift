package import Bytes
package import JSON
package import UsersAPI

/// A part of the forum: topics about one matter, with rules of its own.
package struct Category: Equatable, Sendable {
    package let id: ID<Category>
    /// Unique; as in addresses.
    package let slug: String
    package let name: String
    package let description: String
    /// `#888` or `#80a0c0`.
    package let color: String
    package let parent: ID<Category>?
    /// Its place among its siblings.
    package let position: Int64
    /// Topics that readers of the category see.
    package let threadCount: Int64
    /// Messages in them that their readers see, as last heard from the messages service.
    package let postCount: Int64
    package let permissions: CategoryPermissions
    /// Who keeps order here beside the moderators of the whole forum.
    package let moderators: [ID<User>]
    /// Grows by one with every change but those of the counts.
    package let version: Int64

    package init(
        id: ID<Category>, slug: String, name: String, description: String, color: String,
        parent: ID<Category>?, position: Int64, threadCount: Int64, postCount: Int64,
        permissions: CategoryPermissions, moderators: [ID<User>], version: Int64
    ) {
        self.id = id
        self.slug = slug
        self.name = name
        self.description = description
        self.color = color
        self.parent = parent
        self.position = position
        self.threadCount = threadCount
        self.postCount = postCount
        self.permissions = permissions
        self.moderators = moderators
        self.version = version
    }

    /// Where every topic is that nobody put elsewhere. It cannot be deleted.
    package static let general = ID<Category>(1)
}

extension Category: JSONRecord {
    package static let members: [JSONMember<Category>] = [
        .id("id", \.id),
        .string("slug", \.slug),
        .string("name", \.name),
        .string("description", \.description),
        .string("color", \.color),
        .id("parent", orNull: \.parent),
        .integer("position", \.position),
        .integer("threadCount", \.threadCount),
        .integer("postCount", \.postCount),
        .record("permissions", \.permissions),
        .ids("moderators", \.moderators),
        .integer("version", \.version),
    ]

    package static let card = members("id", "slug", "name", "color", "parent")
}
