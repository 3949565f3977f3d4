import JSON
import Outbox
import SQLite

/// Follows the posts service: who wrote how much, and how often others reacted to it. Also hears
/// when it has done its part of a deletion.
///
/// A post counts while it is visible in a thread that everybody may read: the numbers of a profile
/// tell nobody what is hidden from them.
struct PostActivity: Projection {
    private static let changed = "post.changed"
    private static let reactions = "post-reactions.changed"
    private static let purged = "post.purged"

    let source = "posts"
    let kinds: Set = [changed, reactions, purged, CascadeDone.kind]
    let snapshotKinds = ["post", "post-reactions"]

    func apply(_ event: Event, in transaction: borrowing Transaction) throws {
        switch event.kind {
        case Self.changed:
            let post = try PostState.decode(event.body)
            try change(post.id, transaction) {
                try transaction.run(
                    Users.ActivityQueries.upsertPost, post.id, post.version, post.thread,
                    post.user, post.isShown)
            }
        case Self.reactions:
            let total = try ReactionState.decode(event.body)
            try change(total.id, transaction) {
                try transaction.run(
                    Users.ActivityQueries.upsertReactions, total.id, total.version, total.user,
                    total.count)
            }
        case Self.purged: try remove(event.key.number ?? 0, transaction)
        default: try CascadeDone.decode(event.body).notePosts(transaction)
        }
    }

    func mark(in transaction: borrowing Transaction) throws {
        try transaction.run(Users.ActivityQueries.markPosts)
    }

    func sweep(in transaction: borrowing Transaction) throws {
        for post in try transaction.all(Users.ActivityQueries.unnamedPosts) {
            try remove(post, transaction)
        }
        for post in try transaction.all(Users.ActivityQueries.unnamedReactions) {
            try change(post, transaction) {
                try transaction.run(Users.ActivityQueries.forgetReactions, post)
            }
        }
    }

    private func remove(_ id: Int64, _ transaction: borrowing Transaction) throws {
        try change(id, transaction) { try transaction.run(Users.ActivityQueries.removePost, id) }
    }

    /// Carries out `body`, which writes the row of a post or does not, and moves the counts by the
    /// difference: what comes twice moves them by nothing.
    private func change(
        _ id: Int64, _ transaction: borrowing Transaction, _ body: () throws -> Void
    ) throws {
        let before = try transaction.first(Users.ActivityQueries.post, id)
        try body()
        let after = try transaction.first(Users.ActivityQueries.post, id)
        if let before, let after, before.user == after.user {
            return try ActivityCounts.move(
                after.user, by: after.counts - before.counts, transaction)
        }
        if let before {
            try ActivityCounts.move(
                before.user, by: ActivityCounts() - before.counts, transaction)
        }
        if let after { try ActivityCounts.move(after.user, by: after.counts, transaction) }
    }
}

/// What a post counts for whom.
struct PostShare: Sendable {
    let user: Int64
    let counts: ActivityCounts

    /// Columns: user, whether it counts, reactions.
    init(row: borrowing Row) {
        user = row.int64(0)
        counts =
            row.bool(1)
            ? ActivityCounts(posts: 1, reactions: row.int64(2)) : ActivityCounts()
    }
}

/// The body of `post.changed`.
private struct PostState: JSONDecodable {
    let id: Int64
    let version: Int64
    let thread: Int64
    let user: Int64
    let isShown: Bool

    init(from fields: inout JSONFields) {
        id = fields.requiredInteger("id", in: 1...Int64.max)
        version = fields.requiredInteger("version", in: 1...Int64.max)
        thread = fields.requiredInteger("thread", in: 1...Int64.max)
        user = fields.requiredInteger("user", in: 1...Int64.max)
        isShown = fields.requiredString("state") == "visible"
    }
}

/// The body of `post-reactions.changed`.
private struct ReactionState: JSONDecodable {
    let id: Int64
    let version: Int64
    let user: Int64
    let count: Int64

    init(from fields: inout JSONFields) {
        id = fields.requiredInteger("id", in: 1...Int64.max)
        version = fields.requiredInteger("version", in: 1...Int64.max)
        user = fields.requiredInteger("user", in: 1...Int64.max)
        count = fields.requiredInteger("count", in: 0...Int64.max)
    }
}
