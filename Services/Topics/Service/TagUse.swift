import JSON

/// A tag, and how many topics that the viewer may see have it.
struct TagUse: Sendable {
    let name: String
    let count: Int64
}

extension TagUse: JSONRecord {
    static let members: [JSONMember<TagUse>] = [
        .string("name", \.name), .integer("count", \.count),
    ]
}
