package import JSON

/// How often one reaction was given to a message.
package struct ReactionCount: Equatable, Sendable {
    package let emoji: String
    package var count: Int64

    package init(emoji: String, count: Int64) {
        self.emoji = emoji
        self.count = count
    }
}

extension ReactionCount: JSONRecord {
    package static let members: [JSONMember<ReactionCount>] = [
        .string("emoji", \.emoji),
        .integer("count", \.count),
    ]
}

extension ReactionCount: JSONDecodable {
    package init(from fields: inout JSONFields) {
        emoji = fields.requiredString("emoji")
        count = fields.requiredInteger("count", in: 0...Int64.max)
    }
}
