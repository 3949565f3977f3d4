/// Whether a topic is there for readers.
package enum TopicState: String, CaseIterable, Sendable {
    case visible
    /// Waits for a moderator.
    case pending
    /// Only moderators see it, and can bring it back.
    case deleted
    /// Its messages went to another topic.
    case merged
    /// Nothing is left of it but its number.
    case purged
}
