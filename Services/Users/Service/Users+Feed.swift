package import Outbox

extension Users: FeedModule {
    package var wire: String { "users" }
    package var projections: [any Projection] { [] }
}
