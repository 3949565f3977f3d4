package import Bytes

/// What other parts of the forum may ask of topics, in process or over a wire.
package protocol TopicsAPI: Sendable {
    /// The topic; throws `not-found` when there is none.
    func topic(_ id: ID<Topic>) async throws -> Topic

    /// A new topic, durable on return.
    func add(_ new: NewTopic) async throws -> Topic
}
