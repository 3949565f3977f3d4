import Bytes
import MessagesAPI
import Routing
import SQLite
import TopicsAPI

/// What a thread asks of whoever wants to post in it.
struct ThreadRights: Sendable {
    let reads: Int64
    let replies: Int64
    let isLocked: Bool
    let state: String
    let category: Int64?

    init(_ card: ThreadCard) {
        reads = card.reads
        replies = card.replies
        isLocked = card.isLocked
        state = card.state
        category = card.category
    }

    /// Columns: reads, replies, locked, state, category.
    init(row: borrowing Row) {
        reads = row.int64(0)
        replies = row.int64(1)
        isLocked = row.bool(2)
        state = row.text(3)
        category = row.optionalInt64(4)
    }

    /// Throws 404 for whoever may not know of the thread, 403 for whoever may only read it, 423
    /// while it is locked for everybody but those who keep order there, and 409 when it has ended.
    func admit(_ viewer: Viewer, _ sight: Sight, to thread: ID<Topic>) throws(APIError) {
        let isModerator =
            viewer.isModerator || category.map(sight.categories.contains) == true
        guard isModerator || viewer.level >= reads else {
            throw .notFound("thread \(thread.rawValue)")
        }
        guard isModerator || viewer.level >= replies else {
            throw APIError(.forbidden, "you may read thread \(thread.rawValue), not post in it")
        }
        if isLocked, !isModerator {
            throw APIError(.locked, "thread \(thread.rawValue) is locked")
        }
        if state != "visible" {
            throw APIError(.conflict, "thread \(thread.rawValue) is \(state)")
        }
    }
}

extension Messages {
    /// What is known of `thread` beside the cards: asks the threads service where there is no card
    /// and one is needed. Throws 404 when there is no such thread, 503 when nobody can say. About
    /// one that `viewer` may not know of it asks as well: the answer is that of no thread, also
    /// while nobody can say.
    func vouch(for thread: ID<Topic>, _ viewer: Viewer) async throws -> ThreadRights? {
        let (known, isKnownToViewer) = try store.snapshot { connection in
            let known = try connection.first(ThreadCards.Queries.rights, thread.rawValue)
            let own = try sight(viewer, connection).categories
            let isOwn = known?.category.map(own.contains) == true
            return (known, isOwn || viewer.level >= known?.reads ?? Role.noLevel)
        }
        if isKnownToViewer { return known }
        switch await probe(thread, MessageLimits.probeMilliseconds) {
        case .found(let card): return ThreadRights(card)
        case .unknown: throw APIError.notFound("thread \(thread.rawValue)")
        case .unreachable:
            throw APIError(
                .dependencyUnavailable,
                "threads cannot be asked whether thread \(thread.rawValue) exists")
        }
    }

    /// Throws unless `viewer` may post in `thread` now: by its card or, where there is none, by
    /// what was found out before.
    func admit(
        _ viewer: Viewer, _ sight: Sight, to thread: ID<Topic>, vouched: ThreadRights?,
        _ transaction: borrowing Transaction
    ) throws {
        let card = try transaction.first(ThreadCards.Queries.rights, thread.rawValue)
        try (card ?? vouched)?.admit(viewer, sight, to: thread)
    }
}
