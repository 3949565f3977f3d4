package import Bytes
package import JSON

/// What is to change of a topic: nil leaves it.
package struct TopicPatch: Equatable, Sendable {
    package let title: String?
    package let category: ID<Category>?
    package let tags: [TagName]?
    package let kind: TopicKind?
}

extension TopicPatch: JSONDecodable {
    package init(from fields: inout JSONFields) {
        title = fields.patchString("title", length: TopicLimits.titleCharacters)
        category = fields.patchID("category", as: Category.self)
        tags = fields.patchStrings("tags", count: 0...TopicLimits.tagsMax)
            .map { TagName.list($0, &fields) }
        kind = fields.patchWord("kind", TopicKind.self)
        if let title { NewTopic.complainOfBlank(title, &fields) }
    }
}
