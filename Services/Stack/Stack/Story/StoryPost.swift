import JSON

/// What somebody says, and what becomes of it.
struct StoryPost: JSONDecodable, Sendable {
    let by: String
    /// `{post:2}` stands for the id of the thread's second post.
    let text: String
    /// The number of the post it answers.
    let replyTo: Int?
    /// One after the other.
    let edits: [StoryEdit]
    let reactions: [StoryReaction]
    let flags: [StoryFlag]
    /// Whether a moderator takes it down.
    let isRemoved: Bool

    /// More than one post deserves.
    private static let countMax = 20

    init(from fields: inout JSONFields) {
        let count = 0...StoryPost.countMax
        by = fields.requiredString("by")
        text = fields.requiredString("text")
        replyTo = fields.optionalInteger("replyTo").map { Int($0) }
        edits = fields.optionalArray("edits", of: StoryEdit.self, count: count) ?? []
        reactions = fields.optionalArray("reactions", of: StoryReaction.self, count: count) ?? []
        flags = fields.optionalArray("flags", of: StoryFlag.self, count: count) ?? []
        isRemoved = fields.optionalBool("isRemoved") ?? false
    }

    /// Its text and those it is edited to, with the posts it names: `ids` by number, as far as they
    /// are there.
    func texts(_ ids: [Int64?]) -> [String] {
        ([text] + edits.map(\.text)).map { text in
            var text = text
            for (index, id) in ids.enumerated() {
                if let id { text = text.replacing("{post:\(index + 1)}", with: "\(id)") }
            }
            return text
        }
    }
}

/// A text that takes the place of another.
struct StoryEdit: JSONDecodable, Sendable {
    let text: String
    let reason: String?

    init(from fields: inout JSONFields) {
        text = fields.requiredString("text")
        reason = fields.optionalString("reason")
    }
}

/// Who feels the same about a post.
struct StoryReaction: JSONDecodable, Sendable {
    let emoji: String
    let by: [String]

    init(from fields: inout JSONFields) {
        emoji = fields.requiredString("emoji")
        by = fields.requiredStrings("by", count: 1...20)
    }
}

/// What somebody holds against a post.
struct StoryFlag: JSONDecodable, Sendable {
    let by: String
    let reason: String
    let note: String?

    init(from fields: inout JSONFields) {
        by = fields.requiredString("by")
        reason = fields.requiredString("reason")
        note = fields.optionalString("note")
    }
}
