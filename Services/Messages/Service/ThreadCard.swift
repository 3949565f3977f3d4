package import Bytes
package import JSON
package import Routing
package import TopicsAPI
import UsersAPI

/// What the threads service says of one thread: who may read and answer it.
package struct ThreadCard: Equatable, Sendable {
    /// Whether everybody may know of it.
    package enum Visibility: String, Sendable, CaseIterable {
        case `public`
        case hidden
    }

    package let id: ID<Topic>
    package let version: Int64
    package let title: String
    package let category: Int64?
    package let visibility: Visibility
    package let readRole: Role
    package let replyRole: Role
    package let isLocked: Bool
    /// `visible`, `pending`, `deleted`, `merged`.
    package let state: String
    /// Who keeps order in its category, besides the moderators of the forum; nil if not said.
    package let moderators: [Int64]?

    package init(
        id: ID<Topic>, version: Int64, title: String, category: Int64? = nil,
        visibility: Visibility = .public, readRole: Role = .guest, replyRole: Role = .member,
        isLocked: Bool = false, state: String = "visible", moderators: [Int64]? = nil
    ) {
        self.id = id
        self.version = version
        self.title = title
        self.category = category
        self.visibility = visibility
        self.readRole = readRole
        self.replyRole = replyRole
        self.isLocked = isLocked
        self.state = state
        self.moderators = moderators
    }

    /// The least level that may read it: what its category asks, and a moderator's for what is
    /// hidden from everybody else.
    var reads: Int64 {
        guard state == "visible" || state == "merged" else {
            return max(readRole.level, Role.moderator.level)
        }
        if visibility == .hidden, readRole == .guest { return Role.moderator.level }
        return readRole.level
    }

    /// The least level that may post in it while it is not locked.
    var replies: Int64 { max(replyRole.level, reads) }
}

extension ThreadCard: JSONDecodable {
    /// The body of `thread.changed`. Roles that are not said are the usual ones.
    package init(from fields: inout JSONFields) {
        id = fields.requiredID("id", as: Topic.self)
        version = fields.requiredInteger("version", in: 1...Int64.max)
        title = fields.requiredString("title")
        category = fields.optionalInteger("category", in: 1...Int64.max)
        isLocked = fields.optionalBool("locked") ?? false
        state = fields.optionalString("state") ?? "visible"
        visibility = fields.optionalWord("visibility", Visibility.self) ?? .public
        readRole = fields.optionalWord("readRole", Role.self) ?? .guest
        replyRole = fields.optionalWord("replyRole", Role.self) ?? .member
        moderators = fields.optionalIDs(
            "moderators", as: User.self, count: 0...TopicLimits.categoryModeratorsMax
        )?.map(\.rawValue)
    }
}
