import Bytes
import JSON
import Outbox
import SQLite

/// What topics keep of the messages service: a row for each message, and what a topic shows of
/// them. All of it can be thrown away and built again.
///
/// A counter moves by the difference that a row makes, in the transaction that writes the row: what
/// comes twice moves it by nothing. The rows of a snapshot are written first and counted after.
struct PostRefs: Projection {
    /// Who waits for opening posts.
    let openings: OpeningSignal

    let source = "posts"
    let kinds: Set<String> = [PostRef.kind, PostRef.purgedKind, LockAsked.kind]
    let snapshotKinds = ["post"]

    func apply(_ event: Event, in transaction: borrowing Transaction) throws {
        if event.kind == PostRef.purgedKind {
            if let id = event.key.number { try remove(id, transaction) }
            return
        }
        if event.kind == LockAsked.kind {
            return try LockAsked.decode(event.body).take(event.key, transaction)
        }
        let post = try PostRef.decode(event.body)
        let before = try transaction.first(Topics.PostQueries.byID, post.id)
        try transaction.run(
            Topics.PostQueries.upsert, post.id, post.version, post.topic, post.number, post.user,
            post.state, post.at)
        guard transaction.changes == 1 else { return }
        if !post.isReply { openings.note() }
        if let before, before.topic != post.topic || before.number != post.number {
            try PostCounts.move(before, nil, transaction)
            try PostCounts.move(nil, post, transaction)
        } else {
            try PostCounts.move(before, post, transaction)
        }
    }

    func copy(_ row: Event, in transaction: borrowing Transaction) throws {
        let post = try PostRef.decode(row.body)
        try transaction.run(
            Topics.PostQueries.insert, post.id, post.version, post.topic, post.number, post.user,
            post.state, post.at)
        if transaction.changes == 1 {
            try UncountedPosts.add(post, transaction)
            return try PostCounts.open(post, instead: nil, transaction)
        }
        guard let before = try transaction.first(Topics.PostQueries.byID, post.id),
            post.version > before.version
        else { return }
        try transaction.run(
            Topics.PostQueries.upsert, post.id, post.version, post.topic, post.number, post.user,
            post.state, post.at)
        if post.says(before) { return }
        try UncountedPosts.mix(before, transaction)
        try UncountedPosts.mix(post, transaction)
        try PostCounts.open(post, instead: before, transaction)
    }

    func settle(in transaction: borrowing Transaction) throws -> Bool {
        try UncountedPosts.count(transaction)
    }

    func mark(in transaction: borrowing Transaction) throws {
        try transaction.run(Topics.PostQueries.mark)
    }

    func sweep(in transaction: borrowing Transaction) throws {
        for id in try transaction.all(Topics.PostQueries.unnamed) { try remove(id, transaction) }
    }

    private func remove(_ id: Int64, _ transaction: borrowing Transaction) throws {
        guard let post = try transaction.first(Topics.PostQueries.byID, id) else { return }
        try transaction.run(Topics.PostQueries.remove, id)
        try PostCounts.move(post, nil, transaction)
    }
}
