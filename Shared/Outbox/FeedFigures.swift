/// What a feed says of itself.
package struct FeedFigures: Equatable, Sendable {
    /// Where it stands.
    package let state: FeedState
    /// Polls that are open now.
    package let openPolls: Int
    /// Pages answered since the start, empty ones included.
    package let pages: Int
    /// How many of them were `gone`.
    package let goneAnswers: Int
}
