import Outbox

extension Topics: FeedModule {
    package var wire: String { "threads" }
}
