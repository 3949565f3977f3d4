import Outbox

extension Users: FeedModule {
    package var wire: String { "users" }
}
