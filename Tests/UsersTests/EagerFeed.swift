import Outbox

/// A feed that never waits, and gives small snapshots.
struct EagerFeed: FeedSource {
    let base: LocalFeed

    func page(
        after: Int64, epoch: String?, limit: Int, waitMilliseconds: Int
    ) async throws -> FeedPage {
        try await base.page(after: after, epoch: epoch, limit: limit, waitMilliseconds: 0)
    }

    func snapshot(
        kind: String, afterKey: EventKey?, limit: Int
    ) async throws -> SnapshotPage {
        try base.snapshot(kind: kind, afterKey: afterKey, limit: min(limit, 2))
    }
}
