import Outbox

extension Messages: FeedModule {
    package var wire: String { "posts" }
}
