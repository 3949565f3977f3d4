import Outbox
import Synchronization

/// A feed that a test exchanges for another one.
final class SwitchedFeed: FeedSource {
    private let current: Mutex<any FeedSource>

    init(_ feed: any FeedSource) { current = Mutex(feed) }

    var feed: any FeedSource {
        get { current.withLock { $0 } }
        set { current.withLock { $0 = newValue } }
    }

    func page(
        after: Int64, epoch: String?, limit: Int, waitMilliseconds: Int
    ) async throws -> FeedPage {
        try await feed.page(
            after: after, epoch: epoch, limit: limit, waitMilliseconds: waitMilliseconds)
    }

    func snapshot(kind: String, afterKey: EventKey?, limit: Int) async throws -> SnapshotPage {
        try await feed.snapshot(kind: kind, afterKey: afterKey, limit: limit)
    }
}

/// A feed that nobody answers for.
struct DeadFeed: FeedSource {
    func page(
        after: Int64, epoch: String?, limit: Int, waitMilliseconds: Int
    ) async throws -> FeedPage {
        throw FeedError.unreachable(source: "users", reason: "nobody is there")
    }

    func snapshot(kind: String, afterKey: EventKey?, limit: Int) async throws -> SnapshotPage {
        throw FeedError.unreachable(source: "users", reason: "nobody is there")
    }
}

/// A feed that knows no position.
struct ForgetfulFeed: FeedSource {
    let base: LocalFeed

    func page(
        after: Int64, epoch: String?, limit: Int, waitMilliseconds: Int
    ) async throws -> FeedPage {
        .gone(try base.figures().state)
    }

    func snapshot(kind: String, afterKey: EventKey?, limit: Int) async throws -> SnapshotPage {
        try base.snapshot(kind: kind, afterKey: afterKey, limit: limit)
    }
}

/// A feed that holds each page back until it is told to go on.
final class GatedFeed: FeedSource {
    private let base: any FeedSource
    private let held = Mutex<[CheckedContinuation<Void, Never>]>([])

    init(_ base: any FeedSource) { self.base = base }

    /// Polls that are held back.
    var count: Int { held.withLock { $0.count } }

    func open() {
        let continuations = held.withLock { held in
            defer { held = [] }
            return held
        }
        for continuation in continuations { continuation.resume() }
    }

    func page(
        after: Int64, epoch: String?, limit: Int, waitMilliseconds: Int
    ) async throws -> FeedPage {
        await withCheckedContinuation { continuation in held.withLock { $0.append(continuation) } }
        return try await base.page(
            after: after, epoch: epoch, limit: limit, waitMilliseconds: 0)
    }

    func snapshot(kind: String, afterKey: EventKey?, limit: Int) async throws -> SnapshotPage {
        try await base.snapshot(kind: kind, afterKey: afterKey, limit: limit)
    }
}
