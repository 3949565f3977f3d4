/// How far a source has been followed. What is copied from it changes only where this does.
package struct FeedReach: Equatable, Sendable {
    /// The life of the source's outbox.
    let epoch: String
    let seq: Int64
}
