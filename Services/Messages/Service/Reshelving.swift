import MessagesAPI
import SQLite

/// Puts the messages of a thread whose readers have become others on the shelf where they belong, a
/// bounded number of them in each transaction.
///
/// Who may read a thread changes rarely and its messages are read all day: so the work is done
/// here, once for each message, and not by every list and search. Until it is done, what became
/// hidden is passed over (its thread's card says so), and what became visible is missing from the
/// lists that go across threads.
struct Reshelving: Sendable {
    private let thread: Int64
    /// 0: those that are shown, 1: the others.
    private let stage: Int64
    private let after: Int64

    /// Columns: thread, stage, after.
    init(row: borrowing Row) {
        self.init(thread: row.int64(0), stage: row.int64(1), after: row.int64(2))
    }

    private init(thread: Int64, stage: Int64, after: Int64) {
        self.thread = thread
        self.stage = stage
        self.after = after
    }

    /// The card of `thread` asks something else of readers than before: does what is little, and
    /// leaves the rest to the chores.
    static func begin(_ thread: Int64, _ transaction: borrowing Transaction) throws {
        try transaction.run(Queries.end, thread)
        for stage: Int64 in 0...1 {
            let walk = Reshelving(thread: thread, stage: stage, after: 0)
            if let last = try walk.put(WorkLimits.reshelvedAtOnceMax, transaction) {
                return try transaction.run(Queries.note, thread, stage, last)
            }
        }
    }

    /// One piece.
    func step(_ transaction: borrowing Transaction) throws {
        if let last = try put(WorkLimits.reshelvedMax, transaction) {
            try transaction.run(Queries.note, thread, stage, last)
        } else if stage == 0 {
            try transaction.run(Queries.note, thread, 1, 0)
        } else {
            try transaction.run(Queries.end, thread)
        }
    }

    /// Puts the next messages where they belong; the number of the last, nil if there are no more.
    private func put(_ rows: Int64, _ transaction: borrowing Transaction) throws -> Int64? {
        let found =
            stage == 0
            ? try transaction.all(Queries.shown, thread, after, rows)
            : try transaction.all(Queries.unshown, thread, after, rows)
        if found.isEmpty { return nil }
        for message in found { try transaction.reshelve(message.id) }
        let reads = try transaction.first(ThreadCards.Queries.standing, thread)?.reads
        let shelf = Shelf.of(stage == 0 ? .visible : .deleted, threadAsking: reads)
        try transaction.run(Messages.Queries.noteShelfChange, shelf)
        return Int64(found.count) == rows ? found.last?.number : nil
    }

    /// All SQL of the walk through a thread.
    enum Queries {
        static let open = Query<Void, Reshelving>(
            "SELECT thread, stage, \"after\" FROM reshelving ORDER BY thread LIMIT 1",
            Reshelving.init(row:))
        /// thread, stage, after
        static let note = Query<(Int64, Int64, Int64), Void>(
            """
            INSERT OR REPLACE INTO reshelving (thread, stage, "after") VALUES (?1, ?2, ?3)
            """)
        static let end = Query<Int64, Void>("DELETE FROM reshelving WHERE thread = ?1")

        // The thread, a number to start after, how many.
        static let shown = Query<(Int64, Int64, Int64), Numbered>(
            """
            SELECT id, number FROM messages WHERE thread = ?1 AND state = 0 AND number > ?2
            ORDER BY number LIMIT ?3
            """, Numbered.init(row:))
        static let unshown = Query<(Int64, Int64, Int64), Numbered>(
            """
            SELECT id, number FROM messages WHERE thread = ?1 AND state <> 0 AND number > ?2
            ORDER BY number LIMIT ?3
            """, Numbered.init(row:))
    }

    /// A message and its place in its thread.
    struct Numbered: Sendable {
        let id: Int64
        let number: Int64

        /// Columns: id, number.
        init(row: borrowing Row) {
            id = row.int64(0)
            number = row.int64(1)
        }
    }
}
