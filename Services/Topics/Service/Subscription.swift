import JSON
import SQLite

/// That somebody follows something.
struct Subscription: Sendable {
    let kind: SubscriptionTarget
    let target: Int64
    let level: SubscriptionLevel

    /// Columns: kind, target, level.
    init(row: borrowing Row) {
        kind = SubscriptionTarget(rawValue: row.text(0)) ?? .thread
        target = row.int64(1)
        level = SubscriptionLevel(rawValue: row.text(2)) ?? .normal
    }
}

extension Subscription: JSONRecord {
    static let members: [JSONMember<Subscription>] = [
        .word("kind", \.kind), .integer("target", \.target), .word("level", \.level),
    ]
}

/// How closely something is followed now.
struct Followed: JSONRecord {
    let level: SubscriptionLevel

    static let members: [JSONMember<Followed>] = [.word("level", \.level)]
}

/// How closely something is to be followed.
struct SubscriptionRequest: JSONDecodable {
    let level: SubscriptionLevel

    init(from fields: inout JSONFields) {
        level = fields.requiredWord("level", SubscriptionLevel.self)
    }
}
