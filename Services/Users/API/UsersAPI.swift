package import Bytes

/// What other parts of the forum may ask of users, in process or over a wire.
package protocol UsersAPI: Sendable {
    /// The user; throws `not-found` when there is none.
    func user(_ id: ID<User>) async throws -> User

    /// A new user, durable on return; throws `validation` with `/username` `taken` when the name is
    /// in use.
    func add(_ new: NewUser) async throws -> User
}
