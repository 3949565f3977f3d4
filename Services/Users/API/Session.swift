package import Bytes
package import JSON

/// One place where somebody is signed in.
package struct Session: Equatable, Sendable {
    package let id: ID<Session>
    package let createdAt: Timestamp
    /// When it last got new tokens.
    package let lastUsedAt: Timestamp
    /// From where it was begun.
    package let address: String
    /// What the client called itself.
    package let agent: String
    /// Whether it is the one that asks.
    package var isCurrent: Bool

    package init(
        id: ID<Session>, createdAt: Timestamp, lastUsedAt: Timestamp, address: String,
        agent: String, isCurrent: Bool = false
    ) {
        self.id = id
        self.createdAt = createdAt
        self.lastUsedAt = lastUsedAt
        self.address = address
        self.agent = agent
        self.isCurrent = isCurrent
    }

    /// As it is named in tokens and paths: `s_9`.
    package var name: String { Session.name(id) }

    /// The name of the session with this id.
    package static func name(_ id: ID<Session>) -> String { "s_\(id.rawValue)" }

    /// The id that a name says; nil for what is no name of a session.
    package static func id(_ name: String) -> ID<Session>? {
        guard name.hasPrefix("s_"), let number = DecimalText.parse(name.dropFirst(2)),
            let id = ID<Session>(checking: number), Session.name(id) == name
        else { return nil }
        return id
    }
}

extension Session: JSONRecord {
    package static let members: [JSONMember<Session>] = [
        .string("id", \.name),
        .timestamp("createdAt", \.createdAt),
        .timestamp("lastUsedAt", \.lastUsedAt),
        .string("ip", \.address),
        .string("agent", \.agent),
        .bool("current", \.isCurrent),
    ]
}
