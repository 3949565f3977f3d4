import Bytes
package import JSON
package import Outbox
import Routing

/// What users tells the others of an account, `user.changed`: its card and how it stands. Written
/// and read here, so that the two cannot drift apart.
package struct UserChange: Equatable, Sendable {
    package let card: UserCard
    package let standing: Standing

    /// The kind of its events; a snapshot of `user` brings the same.
    package static let kind = "user.changed"
    /// The name of its snapshot.
    package static let snapshotKind = "user"

    /// The state of one account; names of somebody deleted are not told.
    package init(card: UserCard, standing: Standing) {
        self.card = card
        self.standing = standing
    }

    /// The state that `event` tells; throws for a body that is none.
    package init(_ event: Event) throws {
        self = try UserChange.decode(event.body)
    }

    /// The event to append in the transaction of the change.
    package var event: Event {
        .state(UserChange.kind, key: .number(card.id), version: card.version, body: json)
    }

    private var json: ByteString {
        var writer = JSONWriter(capacity: 256)
        writer.beginObject()
        writer.key("id")
        writer.integer(card.id)
        writer.key("version")
        writer.integer(card.version)
        writer.key("username")
        writer.string(card.username)
        writer.key("name")
        writer.string(card.name)
        writer.key("avatar")
        writer.string(card.avatar)
        writer.key("state")
        writer.string(card.state.rawValue)
        writer.key("role")
        writer.string(standing.role.rawValue)
        writer.key("ban")
        writer.ban(standing.ban)
        writer.key("sessionVersion")
        writer.integer(standing.sessionVersion)
        writer.key("joinedAt")
        writer.timestamp(Timestamp(milliseconds: standing.joinedAtMilliseconds))
        writer.endObject()
        return writer.finish()
    }
}

extension UserChange: JSONDecodable {
    package init(from fields: inout JSONFields) {
        let state = fields.requiredWord("state", AccountState.self)
        card = UserCard(
            id: fields.requiredInteger("id", in: 1...Int64.max),
            version: fields.requiredInteger("version", in: 1...Int64.max),
            username: fields.requiredString("username"), name: fields.requiredString("name"),
            avatar: fields.requiredString("avatar"), state: state)
        standing = Standing(
            sessionVersion: fields.requiredInteger("sessionVersion", in: 0...Int64.max),
            state: state, role: fields.requiredWord("role", Role.self),
            ban: fields.optionalObject("ban", as: BanText.self)?.ban,
            joinedAtMilliseconds: fields.requiredTimestamp("joinedAt").milliseconds)
    }
}

/// A ban as an event spells it: `{"scope":"write","until":null}`.
private struct BanText: JSONDecodable {
    let ban: Ban

    init(from fields: inout JSONFields) {
        ban = Ban(
            fields.requiredWord("scope", Ban.Reach.self),
            untilMilliseconds: fields.optionalTimestamp("until")?.milliseconds)
    }
}

extension JSONWriter {
    fileprivate mutating func ban(_ ban: Ban?) {
        guard let ban else { return null() }
        beginObject()
        key("scope")
        string(ban.reach.rawValue)
        key("until")
        if let until = ban.untilMilliseconds {
            timestamp(Timestamp(milliseconds: until))
        } else {
            null()
        }
        endObject()
    }
}
