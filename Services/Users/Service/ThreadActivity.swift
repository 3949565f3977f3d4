import JSON
import Outbox
import Routing
import SQLite

/// Follows the threads service: who opened how many, and which posts stand where everybody may read
/// them. Also hears when it has done its part of a deletion.
struct ThreadActivity: Projection {
    private static let changed = "thread.changed"
    private static let purged = "thread.purged"

    let source = "threads"
    let kinds: Set = [changed, purged, CascadeDone.kind]
    let snapshotKinds = ["thread"]

    func apply(_ event: Event, in transaction: borrowing Transaction) throws {
        switch event.kind {
        case Self.changed: try take(ThreadRef.decode(event.body), transaction)
        case Self.purged: try remove(event.key.number ?? 0, transaction)
        default: try CascadeDone.decode(event.body).noteThreads(transaction)
        }
    }

    /// What was done stays done: there is no snapshot of facts.
    func mark(in transaction: borrowing Transaction) throws {
        try transaction.run(Users.ActivityQueries.markThreads)
    }

    func sweep(in transaction: borrowing Transaction) throws {
        for thread in try transaction.all(Users.ActivityQueries.unnamedThreads) {
            try remove(thread, transaction)
        }
    }

    private func take(_ thread: ThreadRef, _ transaction: borrowing Transaction) throws {
        let before = try transaction.first(Users.ActivityQueries.thread, thread.id)
        try transaction.run(
            Users.ActivityQueries.upsertThread, thread.id, thread.version, thread.user,
            thread.isShown)
        if transaction.changes == 1 { try move(thread.id, before, thread, transaction) }
    }

    private func remove(_ id: Int64, _ transaction: borrowing Transaction) throws {
        guard let before = try transaction.first(Users.ActivityQueries.thread, id) else { return }
        try transaction.run(Users.ActivityQueries.removeThread, id)
        try move(id, before, nil, transaction)
    }

    /// The counts of who opened it, and of those whose posts in it begin or cease to count.
    private func move(
        _ id: Int64, _ before: ThreadRef?, _ after: ThreadRef?,
        _ transaction: borrowing Transaction
    ) throws {
        if let before, before.isShown {
            try ActivityCounts.move(
                before.user, by: ActivityCounts(threads: -1), transaction)
        }
        if let after, after.isShown {
            try ActivityCounts.move(after.user, by: ActivityCounts(threads: 1), transaction)
        }
        let step: Int64 = (after?.isShown ?? false ? 1 : 0) - (before?.isShown ?? false ? 1 : 0)
        if step == 0 { return }
        for writer in try transaction.all(Users.ActivityQueries.writers, id) {
            let counts = ActivityCounts(
                posts: step * writer.posts, reactions: step * writer.reactions)
            try ActivityCounts.move(writer.user, by: counts, transaction)
        }
    }
}

/// A thread as far as it counts.
struct ThreadRef: Equatable, Sendable {
    let id: Int64
    let version: Int64
    let user: Int64
    /// Whether everybody may read it.
    let isShown: Bool

    /// Columns: id, version, user, is_shown.
    init(row: borrowing Row) {
        id = row.int64(0)
        version = row.int64(1)
        user = row.int64(2)
        isShown = row.bool(3)
    }
}

extension ThreadRef: JSONDecodable {
    init(from fields: inout JSONFields) {
        id = fields.requiredInteger("id", in: 1...Int64.max)
        version = fields.requiredInteger("version", in: 1...Int64.max)
        user = fields.requiredInteger("createdBy", in: 1...Int64.max)
        let isVisible = fields.optionalString("state") ?? "visible" == "visible"
        let isPublic = fields.optionalString("visibility") ?? "public" == "public"
        let reader = fields.optionalWord("readRole", Role.self) ?? .guest
        isShown = isVisible && isPublic && reader == .guest
    }
}
