package import Bytes

/// What other parts of the forum may ask of messages, in process or over a wire.
package protocol MessagesAPI: Sendable {
    /// The message; throws `not-found` when there is none.
    func message(_ id: ID<Message>) async throws -> Message

    /// A new message with the next number of its topic, durable on return.
    func add(_ new: NewMessage) async throws -> Message
}
