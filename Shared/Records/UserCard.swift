import Bytes
package import JSON
package import Routing

/// A user as others show them: what stands beside a post.
///
/// There is always a card: of somebody deleted it says so, of somebody not heard of yet it makes a
/// name of the number.
package final class UserCard: Sendable {
    package let id: Int64
    /// Of the user; 0 as long as nothing is known.
    package let version: Int64
    package let username: String
    package let name: String
    /// Where the picture is: a path.
    package let avatar: String
    package let state: AccountState
    /// The whole of it as JSON, if it was written down beforehand; else empty.
    private let written: ByteString

    /// The card of somebody who is there; one that is deleted becomes a ghost.
    package convenience init(
        id: Int64, version: Int64, username: String, name: String, avatar: String,
        state: AccountState
    ) {
        self.init(
            id: id, version: version, username: username, name: name, avatar: avatar,
            state: state, written: ByteString())
    }

    private init(
        id: Int64, version: Int64, username: String, name: String, avatar: String,
        state: AccountState, written: ByteString
    ) {
        self.id = id
        self.version = version
        self.state = state
        self.written = written
        let isGhost = state == .deleted
        self.username = isGhost ? UserCard.deletedName : username
        self.name = isGhost ? UserCard.deletedName : name
        self.avatar = isGhost ? UserCard.deletedAvatar : avatar
    }

    /// Somebody who was here once.
    package static func ghost(_ id: Int64, version: Int64 = 0) -> UserCard {
        UserCard(id: id, version: version, username: "", name: "", avatar: "", state: .deleted)
    }

    /// Somebody whose card has not come yet.
    package static func unknown(_ id: Int64) -> UserCard {
        UserCard(
            id: id, version: 0, username: "user-\(id)", name: "user-\(id)",
            avatar: "/api/users/\(id)/avatar", state: .unknown)
    }

    /// The same card, for one who shows it again and again: its JSON is written now, once.
    package func writtenDown() -> UserCard {
        var writer = JSONWriter(capacity: UserCard.bytesUsual)
        writer.record(self)
        return UserCard(
            id: id, version: version, username: username, name: name, avatar: avatar,
            state: state, written: writer.finish())
    }

    /// A card with a name of usual length.
    private static let bytesUsual = 160

    /// What stands for the names of somebody deleted.
    package static let deletedName = "[deleted]"
    /// The picture of everybody deleted.
    package static let deletedAvatar = "/api/users/0/avatar"

    /// What it adds to the tag of an answer that shows it: a rename makes another answer.
    package var etagPart: ETag.Card { ETag.Card("u", id, version: version) }
}

extension UserCard: JSONRecord {
    package static let members: [JSONMember<UserCard>] = [
        .integer("id", \.id),
        .string("username", \.username),
        .string("name", \.name),
        .string("avatar", \.avatar),
        .word("state", \.state),
    ]

    /// It is a card already.
    package static let card = members

    package func write(
        _ projection: JSONProjection<UserCard>, into writer: inout JSONWriter
    ) {
        guard projection.isWhole, !written.isEmpty else {
            return writeMembers(projection, into: &writer)
        }
        writer.raw(written)
    }
}

extension UserCard: Equatable {
    package static func == (left: UserCard, right: UserCard) -> Bool {
        left.id == right.id && left.version == right.version && left.state == right.state
            && left.username == right.username && left.name == right.name
            && left.avatar == right.avatar
    }
}
