package import Bytes
package import JSON
package import UsersAPI

/// What it takes to start a topic.
package struct NewTopic: Equatable, Sendable {
    package let title: String
    /// Who is said to start it: a client may leave it out, or name itself.
    package let createdBy: ID<User>?
    /// What the topic opens with; nil: the first message does.
    package let text: String?
    /// Nil: the general one.
    package let category: ID<Category>?
    /// In order, without repetition.
    package let tags: [TagName]
    package let kind: TopicKind

    package init(
        title: String, createdBy: ID<User>? = nil, text: String? = nil,
        category: ID<Category>? = nil, tags: [TagName] = [], kind: TopicKind = .discussion
    ) {
        self.title = title
        self.createdBy = createdBy
        self.text = text
        self.category = category
        self.tags = tags
        self.kind = kind
    }
}

extension NewTopic: JSONDecodable {
    package init(from fields: inout JSONFields) {
        self.init(from: &fields, needsAuthor: false)
    }

    /// With `needsAuthor` a missing `createdBy` is a complaint.
    package init(from fields: inout JSONFields, needsAuthor: Bool) {
        title = fields.requiredString("title", length: TopicLimits.titleCharacters)
        createdBy =
            needsAuthor
            ? fields.requiredID("createdBy", as: User.self)
            : fields.optionalID("createdBy", as: User.self)
        text = fields.optionalString("text", length: TopicLimits.textCharacters)
        category = fields.optionalID("category", as: Category.self)
        let names = fields.optionalStrings("tags", count: 0...TopicLimits.tagsMax) ?? []
        tags = TagName.list(names, &fields)
        kind = fields.optionalWord("kind", TopicKind.self) ?? .discussion
        NewTopic.complainOfBlank(title, &fields)
    }

    /// Spaces alone are no title.
    static func complainOfBlank(_ title: String, _ fields: inout JSONFields) {
        if !title.isEmpty, title.unicodeScalars.allSatisfy(\.properties.isWhitespace) {
            fields.complain("title", "blank", "a title needs something to read")
        }
    }
}
