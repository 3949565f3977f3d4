import JSON

/// A thread with everything that is said and done in it. Posts are numbered from 1, the first one
/// opens it.
struct StoryThread: JSONDecodable, Sendable {
    let title: String
    let by: String
    let category: String
    let tags: [String]
    let kind: String
    let posts: [StoryPost]
    /// Where it is pinned; nil: nowhere.
    let pin: String?
    /// Why it is locked; nil: it is open.
    let lock: String?
    /// The number of the post that answers it.
    let answer: Int?
    let watchers: [String]
    let readers: [StoryReader]

    /// More than anybody says in one thread of a small forum.
    private static let countMax = 50

    init(from fields: inout JSONFields) {
        let count = 0...StoryThread.countMax
        title = fields.requiredString("title")
        by = fields.requiredString("by")
        category = fields.requiredString("category")
        tags = fields.requiredStrings("tags", count: count)
        kind = fields.optionalString("kind") ?? "discussion"
        posts = fields.requiredArray("posts", of: StoryPost.self, count: 1...StoryThread.countMax)
        pin = fields.optionalString("pin")
        lock = fields.optionalString("lock")
        answer = fields.optionalInteger("answer").map { Int($0) }
        watchers = fields.optionalStrings("watchers", count: count) ?? []
        readers = fields.optionalArray("readers", of: StoryReader.self, count: count) ?? []
    }
}

/// How far somebody has read.
struct StoryReader: JSONDecodable, Sendable {
    let by: String
    let upTo: Int

    init(from fields: inout JSONFields) {
        by = fields.requiredString("by")
        upTo = Int(fields.requiredInteger("upTo"))
    }
}
