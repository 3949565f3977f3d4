import Bytes
import JSON
import MessagesAPI
package import Outbox
package import SQLite
import TopicsAPI
import UsersAPI

/// Follows the threads service: its cards, and the opening posts that it asks for.
package struct ThreadCards: Projection {
    /// The threads service, as the wire calls it.
    static let sourceName = "threads"

    package let source = "threads"
    package let kinds: Set = ["thread.changed", "thread.opened", "thread.purged"]
    package let snapshotKinds = ["thread"]

    package init() {}

    package func apply(_ event: Event, in transaction: borrowing Transaction) throws {
        switch event.kind {
        case "thread.changed":
            try ThreadCards.keep(try ThreadCard.decode(event.body), in: transaction)
        case "thread.opened": try open(try Opening.decode(event.body), transaction)
        default: try ThreadCards.remove(event.key.number ?? 0, transaction)
        }
    }

    package func mark(in transaction: borrowing Transaction) throws {
        try transaction.run(Queries.mark)
    }

    package func sweep(in transaction: borrowing Transaction) throws {
        for thread in try transaction.all(Queries.unnamed) {
            try ThreadCards.remove(thread, transaction)
        }
    }

    /// Keeps the card unless a newer one is there.
    static func keep(_ card: ThreadCard, in transaction: borrowing Transaction) throws {
        let thread = card.id.rawValue
        let known = try transaction.first(Queries.standing, thread)
        try transaction.run(
            Queries.upsert, thread, card.version, card.title, card.category, card.reads,
            card.replies, card.isLocked, card.state)
        guard transaction.changes == 1 else { return }
        if let category = card.category, let moderators = card.moderators {
            try CategoryModerators.keep(moderators, of: category, transaction)
        }
        let standing = ThreadStanding(
            reads: card.reads, category: card.category, isLocked: card.isLocked)
        if known != standing { try changed(thread, from: known, to: standing, transaction) }
    }

    private static func remove(_ thread: Int64, _ transaction: borrowing Transaction) throws {
        let known = try transaction.first(Queries.standing, thread)
        try transaction.run(Queries.remove, thread)
        if known != nil { try changed(thread, from: known, to: nil, transaction) }
    }

    /// Readers of the thread's messages see something else now, or are others.
    private static func changed(
        _ thread: Int64, from known: ThreadStanding?, to standing: ThreadStanding?,
        _ transaction: borrowing Transaction
    ) throws {
        try transaction.run(Messages.Queries.noteEditInThread, thread)
        let shelves = Set([known, standing].map { Shelf.of(.visible, threadAsking: $0?.reads) })
        for shelf in shelves { try transaction.run(Messages.Queries.noteShelfChange, shelf) }
        if shelves.count > 1 { try Reshelving.begin(thread, transaction) }
    }

    /// Posts the text that a thread was opened with, once under its key.
    private func open(_ opening: Opening, _ transaction: borrowing Transaction) throws {
        if try transaction.first(Queries.underKey, opening.key) != nil { return }
        let message = try Messages.add(opening.message, transaction)
        try transaction.run(Queries.keepKey, opening.key, message.id.rawValue)
    }
}

/// The body of `thread.opened`.
private struct Opening: JSONDecodable {
    let message: NewMessage
    let key: String

    init(from fields: inout JSONFields) {
        message = NewMessage(from: &fields)
        key = fields.requiredString("key", length: 1...OutboxLimits.keyBytesMax)
    }
}

/// What readers of a thread's messages see of it.
struct ThreadStanding: Equatable, Sendable {
    let reads: Int64
    let category: Int64?
    let isLocked: Bool

    init(reads: Int64, category: Int64?, isLocked: Bool) {
        self.reads = reads
        self.category = category
        self.isLocked = isLocked
    }

    /// Columns: reads, category, locked.
    init(row: borrowing Row) {
        reads = row.int64(0)
        category = row.optionalInt64(1)
        isLocked = row.bool(2)
    }
}

extension ThreadCards {
    enum Queries {
        /// id, version, title, category, reads, replies, locked, state
        static let upsert = Query<
            (Int64, Int64, String, Int64?, Int64, Int64, Bool, String), Void
        >(
            """
            INSERT INTO thread_card
                (id, version, title, category, reads, replies, locked, state)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            ON CONFLICT (id) DO UPDATE SET version = excluded.version, title = excluded.title,
                category = excluded.category, reads = excluded.reads,
                replies = excluded.replies, locked = excluded.locked, state = excluded.state
            WHERE excluded.version > thread_card.version
            """)
        static let rights = Query<Int64, ThreadRights>(
            "SELECT reads, replies, locked, state, category FROM thread_card WHERE id = ?1",
            ThreadRights.init(row:))
        static let remove = Query<Int64, Void>("DELETE FROM thread_card WHERE id = ?1")
        static let mark = Query<Void, Void>("UPDATE thread_card SET version = 0")
        static let unnamed = Query<Void, Int64>("SELECT id FROM thread_card WHERE version = 0") {
            $0.int64(0)
        }
        static let standing = Query<Int64, ThreadStanding>(
            "SELECT reads, category, locked FROM thread_card WHERE id = ?1",
            ThreadStanding.init(row:))

        static let underKey = Query<String, Int64>(
            "SELECT message FROM message_keys WHERE key = ?1"
        ) { $0.int64(0) }
        static let keepKey = Query<(String, Int64), Void>(
            "INSERT INTO message_keys (key, message) VALUES (?1, ?2)")
    }
}
