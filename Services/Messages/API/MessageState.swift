/// Whether a message is shown.
package enum MessageState: String, Sendable, CaseIterable {
    case visible
    /// Taken back by its author, who may restore it.
    case deleted
    /// Taken away by a moderator, whom alone it comes back by.
    case removed
}
