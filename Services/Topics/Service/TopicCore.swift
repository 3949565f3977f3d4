import Bytes
import HTTP
import JSON
import Routing
import SQLite
import TopicsAPI
import UsersAPI

/// What a topic is by itself: enough for the lab's clients, and read for a fraction of a view.
struct TopicCore: Sendable {
    let id: ID<Topic>
    let title: String
    let createdBy: ID<User>
    let slug: String
    let createdAt: Timestamp
    let updatedAt: Timestamp
    let version: Int64

    /// Columns: id, title, created_by, slug, created_at, updated_at, version.
    init(row: borrowing Row) {
        id = ID(row.int64(0))
        title = row.text(1)
        createdBy = ID(row.int64(2))
        slug = row.text(3)
        createdAt = Timestamp(milliseconds: row.int64(4))
        updatedAt = Timestamp(milliseconds: row.int64(5))
        version = row.int64(6)
    }

    /// Whether `request` asks for nothing else.
    static func suffices(for request: borrowing Request) throws -> Bool {
        guard let fields = try request.query().text("fields") else { return false }
        return fields.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { name in
            members.contains { "\($0.name)" == name }
        }
    }
}

extension TopicCore: JSONRecord {
    static let members: [JSONMember<TopicCore>] = [
        .id("id", \.id),
        .string("title", \.title),
        .id("createdBy", \.createdBy),
        .string("slug", \.slug),
        .timestamp("createdAt", \.createdAt),
        .timestamp("updatedAt", \.updatedAt),
        .integer("version", \.version),
    ]
}
