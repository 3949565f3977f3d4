import Bytes
import Routing
import SQLite
import TopicsAPI

/// A category as the store has it.
struct CategoryRow: Sendable {
    let id: ID<Category>
    let slug: String
    let name: String
    let description: String
    let color: String
    let parent: ID<Category>?
    let position: Int64
    let threadCount: Int64
    let postCount: Int64
    /// What it asks for itself.
    let permissions: CategoryPermissions
    let version: Int64
    /// What it comes to with its ancestors.
    let levels: CategoryLevels
    /// Whether it was deleted and its topics are going elsewhere.
    let isLeaving: Bool

    /// Columns: id, slug, name, description, color, parent, position, thread_count, post_count,
    /// read_own, post_own, reply_own, moderate_level, version, read_level, post_level, reply_level,
    /// moving_to.
    init(row: borrowing Row) {
        id = ID(row.int64(0))
        slug = row.text(1)
        name = row.text(2)
        description = row.text(3)
        color = row.text(4)
        parent = row.optionalInt64(5).map { ID($0) }
        position = row.int64(6)
        threadCount = row.int64(7)
        postCount = row.int64(8)
        permissions = CategoryPermissions(
            read: Role(level: row.int64(9)), post: Role(level: row.int64(10)),
            reply: Role(level: row.int64(11)), moderate: Role(level: row.int64(12)))
        version = row.int64(13)
        levels = CategoryLevels(
            read: row.int64(14), post: row.int64(15), reply: row.int64(16),
            moderate: row.int64(12))
        isLeaving = !row.isNull(17)
    }

    /// The category with those who keep order in it.
    func category<Source: Reader & ~Copyable>(in reader: borrowing Source) throws -> Category {
        let moderators = try reader.all(Topics.CategoryQueries.moderators, id.rawValue)
        return Category(
            id: id, slug: slug, name: name, description: description, color: color,
            parent: parent, position: position, threadCount: threadCount, postCount: postCount,
            permissions: permissions, moderators: moderators.map { ID($0) }, version: version)
    }
}

extension Category {
    /// The counts are not what an edit must know.
    var etag: ETag { ETag("c\(id.rawValue).\(version)~n\(threadCount).\(postCount)") }
}
