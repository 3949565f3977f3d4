import Bytes
import JSON

/// What `forum seed` fills a forum with: the people of a repair workshop and what they talk about.
/// The order is that of the telling.
struct Story: JSONDecodable, Sendable {
    let people: [StoryPerson]
    let categories: [StoryCategory]
    let threads: [StoryThread]
    let bans: [StoryBan]

    /// More than is pleasant to read in one file.
    private static let countMax = 100

    init(from fields: inout JSONFields) {
        let count = 1...Story.countMax
        people = fields.requiredArray("people", of: StoryPerson.self, count: count)
        categories = fields.requiredArray("categories", of: StoryCategory.self, count: count)
        threads = fields.requiredArray("threads", of: StoryThread.self, count: count)
        bans = fields.requiredArray("bans", of: StoryBan.self, count: 0...Story.countMax)
    }

    /// The one in `story.json`, with every member understood.
    static func read() throws -> Story {
        try Story.decode(ByteString(PackageResources.story_json), strict: true)
    }

    /// Who keeps order.
    var moderator: String? { people.first { $0.role == "moderator" }?.username }
    /// Who is in charge.
    var admin: String? { people.first { $0.role == "admin" }?.username }
}

/// Somebody with an account.
struct StoryPerson: JSONDecodable, Sendable {
    let username: String
    let name: String
    let bio: String
    let role: String

    init(from fields: inout JSONFields) {
        username = fields.requiredString("username")
        name = fields.requiredString("name")
        bio = fields.requiredString("bio")
        role = fields.optionalString("role") ?? "member"
    }
}

/// A place for threads; a parent comes before its children.
struct StoryCategory: JSONDecodable, Sendable {
    let slug: String
    let name: String
    let description: String
    let color: String
    let parent: String?
    /// As the forum takes them; nil: as usual.
    let permissions: JSONValue?

    init(from fields: inout JSONFields) {
        slug = fields.requiredString("slug")
        name = fields.requiredString("name")
        description = fields.requiredString("description")
        color = fields.requiredString("color")
        parent = fields.optionalString("parent")
        permissions = fields.member("permissions")
    }
}

/// Somebody who is not welcome any more.
struct StoryBan: JSONDecodable, Sendable {
    let user: String
    let by: String
    let reason: String

    init(from fields: inout JSONFields) {
        user = fields.requiredString("user")
        by = fields.requiredString("by")
        reason = fields.requiredString("reason")
    }
}
