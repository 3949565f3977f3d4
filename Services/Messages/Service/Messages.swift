package import Bytes
package import MessagesAPI
package import Outbox
import Records
import Routing
package import SQLite
import Search
import TopicsAPI
import UsersAPI

/// The messages of the forum. Reads are answered at once from the store, writes after their commit.
package struct Messages: MessagesAPI {
    package let store: Store
    let keyed: KeyedWrites
    let probe: TopicProbe
    /// Where users who are shown without a card are asked for; nil: nowhere.
    let missing: MissingCards?

    /// What this service tells the others: `post.changed` and `post-reactions.changed`, with
    /// snapshots of the kinds `post` and `post-reactions`.
    package let feed: LocalFeed

    /// What `store` must have been opened with.
    package static let schema = [
        Migration(1, "messages", PackageResources.V0001_messages_sql),
        Migration(2, "kept answers", KeptAnswers.schema),
        Migration(3, "the life of posts", PackageResources.V0003_post_life_sql),
        Migration(4, "outbox", Outbox.schema),
        Migration(5, "people", PackageResources.V0005_people_sql),
        Migration(6, "user cards", UserCards.schema),
        Migration(7, "search", PackageResources.V0007_search_sql),
        Migration(8, "shelves", PackageResources.V0008_shelves_sql),
    ]

    /// `probe` is asked about threads of which nothing is known here, `users` for the cards of
    /// those who are shown without one; without it, that stays so.
    package init(
        store: Store, clock: FeedClock = .system, users: (any FeedSource)? = nil,
        probe: @escaping TopicProbe = { _, _ in .unreachable }
    ) {
        self.store = store
        self.probe = probe
        missing = users.map { source in
            MissingCards(store, from: source, clock: clock) { try $0.run(Queries.noteChange) }
        }
        keyed = KeyedWrites(store) { ("posts", try Outbox.head(in: $0)) }
        feed = LocalFeed(store: store, tables: Messages.snapshots, clock: clock)
    }

    /// What this service follows of the others.
    package var projections: [any Projection] { [ThreadCards(), UserCopies()] }

    package func message(_ id: ID<Message>) throws -> Message {
        guard let row = try store.read({ try $0.first(Queries.byID, id.rawValue) }) else {
            throw APIError.notFound("post \(id.rawValue)")
        }
        return row.message
    }

    package func add(_ new: NewMessage) async throws -> Message {
        try await store.write { try Messages.add(new, $0) }
    }

    /// Adds the message and tells of it; throws `validation` for a reply to what is not there.
    static func add(_ new: NewMessage, _ transaction: borrowing Transaction) throws -> Message {
        let target = try new.replyTo.map { try replyTarget($0, of: new, transaction) }
        var inserts = try MessageInserts(transaction)
        let message = try inserts.add(new, transaction)
        try Interpretation(new.text, in: new.thread.rawValue, transaction)
            .keep(message.id.rawValue, transaction)
        try transaction.index(new: transaction.one(Queries.shelfmark, message.id.rawValue))
        if let target {
            try transaction.run(
                Queries.setReply, message.id.rawValue, target.id.rawValue, target.user.rawValue)
            try countReply(to: target.id.rawValue, by: 1, transaction)
        }
        try Outbox.append(.changed(message), in: transaction)
        return message
    }

    private static func replyTarget(
        _ id: ID<Message>, of new: NewMessage, _ transaction: borrowing Transaction
    ) throws -> ReplyTarget {
        guard let target = try transaction.first(Queries.byID, id.rawValue)?.message,
            target.state == .visible, target.thread == new.thread
        else {
            throw APIError.validation(
                "replyTo", "unknown", "there is no such post in thread \(new.thread.rawValue)")
        }
        return ReplyTarget(id: target.id, user: target.user)
    }

    /// Moves the count of visible replies of `id` and tells readers of lists.
    static func countReply(
        to id: Int64, by difference: Int64, _ transaction: borrowing Transaction
    ) throws {
        try transaction.run(Queries.countReply, id, difference)
        if let target = try transaction.first(Queries.byID, id)?.message {
            try noteChange(in: target.thread.rawValue, target.state, transaction)
        }
    }

    /// Tells readers of lists that a message in `thread`, which is in this state, is not as it was.
    static func noteChange(
        in thread: Int64, _ state: MessageState, _ transaction: borrowing Transaction
    ) throws {
        let reads = try transaction.first(ThreadCards.Queries.standing, thread)?.reads
        let shelf = Shelf.of(state, threadAsking: reads)
        try transaction.run(Queries.noteShelfChange, shelf)
        try transaction.run(Queries.noteEditInThread, thread)
    }
}
