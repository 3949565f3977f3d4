import Bytes
import JSON
import UsersAPI

/// One line of a bulk load: a user with, perhaps, an id and a time.
struct UserLine: Equatable, Sendable {
    let new: NewUser
    /// The id it must get.
    let id: ID<User>?
    /// When the user joined; the time of the load if not said.
    let joinedAt: Timestamp?
}

extension UserLine: JSONDecodable {
    init(from fields: inout JSONFields) {
        id = fields.optionalID("id", as: User.self)
        new = NewUser(from: &fields)
        joinedAt = fields.optionalTimestamp("joinedAt")
    }

    /// Whether `user` is what this line would have become.
    func says(_ user: User) -> Bool {
        user.username == new.username && user.name == new.name && user.bio == new.bio
            && (id == nil || id == user.id)
            && (joinedAt == nil || joinedAt == user.joinedAt)
    }
}
