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

    init(_ card: ThreadCard) {
        reads = card.reads
        replies = card.replies
        isLocked = card.isLocked
        state = card.state
    }

    /// Columns: reads, replies, locked, state.
    init(row: borrowing Row) {
        reads = row.int64(0)
        replies = row.int64(1)
        isLocked = row.bool(2)
        state = row.text(3)
    }

    /// Throws 404 for whoever may not know of the thread, 403 for whoever may only read it, 423
    /// while it is locked for everybody but moderators, and 409 when it has ended.
    func admit(_ viewer: Viewer, to thread: ID<Topic>) throws(APIError) {
        guard viewer.level >= reads else { throw .notFound("thread \(thread.rawValue)") }
        guard viewer.level >= replies else {
            throw APIError(.forbidden, "you may read thread \(thread.rawValue), not post in it")
        }
        if isLocked, !viewer.isModerator {
            throw APIError(.locked, "thread \(thread.rawValue) is locked")
        }
        if state != "visible" {
            throw APIError(.conflict, "thread \(thread.rawValue) is \(state)")
        }
    }
}

extension Messages {
    /// What is known of `thread` beside the cards: asks the threads service where there is no card
    /// and one is needed. Throws 404 when there is no such thread, 503 when nobody can say.
    func vouch(for thread: ID<Topic>) async throws -> ThreadRights? {
        let known = try store.read { try $0.first(ThreadCards.Queries.rights, thread.rawValue) }
        if known != nil { return known }
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
        _ viewer: Viewer, to thread: ID<Topic>, vouched: ThreadRights?,
        _ transaction: borrowing Transaction
    ) throws {
        let card = try transaction.first(ThreadCards.Queries.rights, thread.rawValue)
        try (card ?? vouched)?.admit(viewer, to: thread)
    }
}
