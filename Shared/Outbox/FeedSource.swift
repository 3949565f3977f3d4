/// Where the events of one service can be read, in this process or in another one.
package protocol FeedSource: Sendable {
    /// The events after the position `after`, oldest first, at most `limit` of them. With none, it
    /// waits for the first one up to `waitMilliseconds` and then answers with an empty page.
    /// `epoch` is that of the position; nil when the reader has none.
    ///
    /// Throws `FeedError`, the error of a store, or `CancellationError`.
    func page(
        after: Int64, epoch: String?, limit: Int, waitMilliseconds: Int
    ) async throws -> FeedPage

    /// The present state of the things of `kind` whose keys follow `afterKey` (nil: from the
    /// first), in the order of their keys, at most `limit` of them.
    ///
    /// Throws `FeedError`, the error of a store, or `CancellationError`.
    func snapshot(kind: String, afterKey: EventKey?, limit: Int) async throws -> SnapshotPage
}

/// How a feed stands.
package struct FeedState: Equatable, Sendable {
    /// Which life of the outbox it is; positions of two lives cannot be compared.
    package let epoch: String
    /// The newest position.
    package let head: Int64
    /// Facts up to here may have been removed: who stands before it has missed some.
    package let floor: Int64

    /// A state as a source gives it; `floor` is at most `head`.
    package init(epoch: String, head: Int64, floor: Int64) {
        self.epoch = epoch
        self.head = head
        self.floor = floor
    }
}

/// What a feed answers.
package enum FeedPage: Equatable, Sendable {
    /// Events that follow the position asked for.
    case events([FeedEntry], FeedState)
    /// The position is of another life or was not kept: start from a snapshot.
    case gone(FeedState)

    /// How the feed stood when the page was read.
    package var state: FeedState {
        switch self {
        case .events(_, let state), .gone(let state): state
        }
    }
}

/// A part of the present state of a service.
package struct SnapshotPage: Equatable, Sendable {
    /// States, in the order of their keys.
    package let rows: [Event]
    /// How the feed stood before the rows were read: what changes after that comes by the feed.
    package let state: FeedState
    /// Where the next page starts; nil at the end.
    package let next: EventKey?

    /// A page as a source gives it; `next` is the key of the last row, or nil.
    package init(rows: [Event], state: FeedState, next: EventKey?) {
        self.rows = rows
        self.state = state
        self.next = next
    }
}

/// Why a feed gave no page.
package enum FeedError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Nobody answered; asking again later is right.
    case unreachable(source: String, reason: String)
    /// Somebody answered, but not with a page; asking again later is right.
    case refused(source: String, status: Int)
    /// There is no snapshot of this kind.
    case unknownSnapshot(kind: String)
    /// The answer cannot be what it claims to be. Nothing of it was used.
    case hostile(source: String, reason: String)

    /// One line: what, where, what to do.
    package var description: String {
        switch self {
        case .unreachable(let source, let reason):
            "the feed of \(source) does not answer: \(reason); trying again"
        case .refused(let source, let status):
            "the feed of \(source) answered \(status): check that it is the service and that the "
                + "internal secret is the same"
        case .unknownSnapshot(let kind):
            "there is no snapshot of '\(kind)': name a kind that the service gives"
        case .hostile(let source, let reason):
            "a page of \(source) was refused whole: \(reason)"
        }
    }
}
