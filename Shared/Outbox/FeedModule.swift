package import Routing
package import SQLite

/// A module that tells others what changes in its store, and keeps what others tell of theirs.
///
/// It does not know where the others are, nor whether they run in the same process: whoever hosts
/// it finds their feeds and moves its projections.
package protocol FeedModule: ServiceModule {
    /// The service as the wire calls it: `users`, `threads` or `posts`.
    var wire: String { get }
    /// Where its outbox and its projections are.
    var store: Store { get }
    /// What it tells.
    var feed: LocalFeed { get }
    /// What it keeps, at most one for each source.
    var projections: [any Projection] { get }
}

extension Progress: SourceProgress {}
