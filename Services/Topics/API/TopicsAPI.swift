package import Bytes
package import UsersAPI

/// What other parts of the forum may ask of topics, in process or over a wire.
package protocol TopicsAPI: Sendable {
    /// The topic that everybody may read; throws `not-found` when there is none.
    func topic(_ id: ID<Topic>) async throws -> Topic

    /// A new topic by `author`, durable on return.
    func add(_ new: NewTopic, by author: ID<User>) async throws -> Topic
}
