import Bytes
import HTTP
import JSON
import MessagesAPI
import Outbox
import Records
import Routing
import SQLite

extension Messages {
    // swift-format-ignore
    var reactionRoutes: [Route] {[
        .get   ("/api/posts/{id}/reactions",         reactions).reads("threads")
            .reads("users", as: ["users"], of: ReactionGroup.self),
        .put   ("/api/posts/{id}/reactions/{emoji}", react)
            .by(.member("posts:write")).limited(.react),
        .delete("/api/posts/{id}/reactions/{emoji}", takeBackReaction)
            .by(.member("posts:write")).limited(.react),
    ]}

    /// Who gave which reaction, the first ones by their ids.
    func reactions(_ request: borrowing Request) throws -> Response {
        let id = try request.id("id", as: Message.self).rawValue
        let viewer = Viewer(request)
        let (groups, etag) = try store.snapshot { connection -> ([ReactionGroup], ETag) in
            let sight = try sight(viewer, connection)
            let message = try row(id, sight, connection).message
            let groups = try ReactionCount.all(message).map { reaction in
                let users = try connection.all(
                    Queries.reactors, id, reaction.emoji, MessageLimits.reactionUsersMax)
                return ReactionGroup(
                    count: reaction,
                    users: try users.map { try UserCards.card(of: $0, in: connection) })
            }
            return (groups, sight.etag("e", message))
        }
        return try .json(groups, for: request, etag: etag)
    }

    func react(_ request: borrowing Request) async throws -> KeyedAnswer {
        try await setReaction(request, isGiven: true)
    }

    func takeBackReaction(_ request: borrowing Request) async throws -> KeyedAnswer {
        try await setReaction(request, isGiven: false)
    }

    /// Gives or takes back one reaction; what is so already stays so.
    private func setReaction(
        _ request: borrowing Request, isGiven: Bool
    ) async throws -> KeyedAnswer {
        let viewer = Viewer(try request.member())
        let id = try request.id("id", as: Message.self).rawValue
        let emoji = try request.path("emoji")
        guard MessageLimits.reactions.contains(emoji) else {
            let allowed = MessageLimits.reactions.joined(separator: " ")
            throw APIError.validation("emoji", "unknown-value", "one of: \(allowed)")
        }
        return try await keyed.write(request) { transaction in
            let message = try row(id, sight(viewer, transaction), transaction).message
            guard message.state == .visible else {
                throw APIError(.conflict, "post \(id) is \(message.state.rawValue)")
            }
            let json = try Messages.setReaction(
                emoji, of: message, by: viewer.user, isGiven: isGiven, transaction)
            var writer = JSONWriter()
            writer.record(ReactionTotals(reactions: json))
            return .json(writer.finish(), cache: .personal)
        }
    }

    /// The counts of all reactions afterwards, as they are sent.
    static func setReaction(
        _ emoji: String, of message: Message, by user: Int64, isGiven: Bool,
        _ transaction: borrowing Transaction
    ) throws -> String {
        let id = message.id.rawValue
        if isGiven {
            try transaction.run(Queries.insertReaction, id, user, emoji, transaction.now)
        } else {
            try transaction.run(Queries.deleteReaction, id, user, emoji)
        }
        if transaction.changes == 0 { return message.reactions }
        var counts = try ReactionCount.all(message)
        if let index = counts.firstIndex(where: { $0.emoji == emoji }) {
            counts[index].count += isGiven ? 1 : -1
            if counts[index].count == 0 { counts.remove(at: index) }
        } else {
            counts.append(ReactionCount(emoji: emoji, count: 1))
        }
        let json = ReactionCount.json(counts)
        try transaction.run(Queries.setReactions, id, counts.isEmpty ? nil : json)
        try noteChange(in: message.thread.rawValue, message.state, transaction)
        try Outbox.append(
            ReactionTotal(transaction.one(Queries.byID, id).message).event, in: transaction)
        return json
    }
}

/// A reaction with those who gave it.
struct ReactionGroup: JSONRecord {
    let count: ReactionCount
    let users: [UserCard]

    static let members: [JSONMember<ReactionGroup>] = [
        .string("emoji", \.count.emoji),
        .integer("count", \.count.count),
        .cards("users", \.users),
    ]
}

/// What all reactions to a message come to: a JSON array, as the store keeps it.
struct ReactionTotals: JSONRecord {
    let reactions: String

    static let members: [JSONMember<ReactionTotals>] = [
        JSONMember("reactions", as: ListForm<RecordForm<ReactionCount>>.self) { totals, writer in
            writer.raw(json: totals.reactions)
        }
    ]
}

extension ReactionCount {
    /// Those of `message`, in the order of the first of each.
    static func all(_ message: Message) throws -> [ReactionCount] {
        try ReactionList.decode(ByteString("{\"all\":\(message.reactions)}")).all
    }

    static func json(_ counts: [ReactionCount]) -> String {
        var writer = JSONWriter()
        writer.records(counts)
        return writer.finish().text
    }
}

/// An object around the array, because messages are objects.
private struct ReactionList: JSONDecodable {
    let all: [ReactionCount]

    init(from fields: inout JSONFields) {
        all = fields.requiredArray(
            "all", of: ReactionCount.self, count: 0...MessageLimits.reactions.count)
    }
}

extension Messages.Queries {
    static let reactionsOf = Query<(Int64, Int64), String>(
        "SELECT emoji FROM reactions WHERE message = ?1 AND user = ?2"
    ) { $0.text(0) }
    static let reactors = Query<(Int64, String, Int64), Int64>(
        """
        SELECT user FROM reactions WHERE message = ?1 AND emoji = ?2 ORDER BY user LIMIT ?3
        """
    ) { $0.int64(0) }
    /// message, user, emoji, at
    static let insertReaction = Query<(Int64, Int64, String, Int64), Void>(
        """
        INSERT INTO reactions (message, user, emoji, at) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT DO NOTHING
        """)
    static let deleteReaction = Query<(Int64, Int64, String), Void>(
        "DELETE FROM reactions WHERE message = ?1 AND user = ?2 AND emoji = ?3")
    static let setReactions = Query<(Int64, String?), Void>(
        "UPDATE messages SET reactions = ?2, touches = touches + 1 WHERE id = ?1")
}
