import MessagesAPI
import Records
import SQLite

// What is worked off beside the requests, a bounded piece at a time. How far it came is in the
// store: whoever goes on, and whenever, goes on from there, and what is done twice is done once.
extension Messages {
    /// Works off one piece: messages whose readers have become others, then what deleted accounts
    /// left behind, then messages that have not been interpreted, then the cards of unknown users.
    /// False when nothing is left. To be called until then at the start and every few seconds.
    package func continueChores() async throws -> Bool {
        if try await continueReshelving() { return true }
        if try await continueCascades() { return true }
        if try await interpretMore() { return true }
        return try await missing?.fetch() ?? 0 > 0
    }

    private func continueReshelving() async throws -> Bool {
        guard try store.read({ try $0.first(Reshelving.Queries.open) }) != nil else {
            return false
        }
        return try await store.write { transaction in
            guard let walk = try transaction.first(Reshelving.Queries.open) else { return false }
            try walk.step(transaction)
            return true
        }
    }

    private func continueCascades() async throws -> Bool {
        // Most looks find nothing, and wake no writer.
        guard try store.read({ try $0.first(Queries.openCascade) }) != nil else { return false }
        return try await store.write { transaction in
            guard let cascade = try transaction.first(Queries.openCascade) else { return false }
            try cascade.step(transaction)
            return true
        }
    }

    /// Interprets the next messages that nobody has: read and rendered here, so that the writer
    /// only writes, and kept only if the message is still as it was read.
    private func interpretMore() async throws -> Bool {
        let (rows, readings) = try store.snapshot {
            connection -> ([Uninterpreted], [Interpretation]) in
            let after = try connection.one(Queries.interpretedUntil)
            let rows = try connection.all(Queries.uninterpreted, after, WorkLimits.interpretedMax)
            return (
                rows,
                try rows.filter(\.isWaiting).map {
                    try Interpretation($0.text, in: $0.thread, connection)
                }
            )
        }
        guard let last = rows.last?.id else { return false }
        let waiting = rows.filter(\.isWaiting)
        try await store.write { transaction in
            for (row, reading) in zip(waiting, readings) {
                let message = try transaction.first(Queries.byID, row.id)?.message
                guard let message, message.version == row.version, message.rendering == nil else {
                    continue
                }
                try transaction.shelving(row.id) { try reading.keep(row.id, transaction) }
                if !reading.changesHTML { continue }
                try transaction.run(Queries.touch, row.id)
                try Messages.noteChange(in: row.thread, message.state, transaction)
            }
            try transaction.run(Queries.noteInterpreted, last)
        }
        return true
    }
}

extension Interpretation {
    /// Whether it says more than what a reader was shown without it.
    fileprivate var changesHTML: Bool { !people.isEmpty || !quotes.isEmpty }
}

/// A message as the walk over all of them sees it.
struct Uninterpreted: Sendable {
    let id: Int64
    let thread: Int64
    let version: Int64
    let text: String
    let isWaiting: Bool

    /// Columns: id, thread, version, text, whether it has no HTML.
    init(row: borrowing Row) {
        id = row.int64(0)
        thread = row.int64(1)
        version = row.int64(2)
        isWaiting = row.bool(4)
        text = isWaiting ? row.text(3) : ""
    }
}

extension Messages.Queries {
    static let interpretedUntil = Query<Void, Int64>("SELECT \"after\" FROM interpreted") {
        $0.int64(0)
    }
    static let uninterpreted = Query<(Int64, Int64), Uninterpreted>(
        """
        SELECT id, thread, version, text, html IS NULL FROM messages
        WHERE id > ?1 ORDER BY id LIMIT ?2
        """, Uninterpreted.init(row:))
    static let noteInterpreted = Query<Int64, Void>("UPDATE interpreted SET \"after\" = ?1")
    /// A load has put rows behind this id.
    static let interpretAgain = Query<Int64, Void>(
        "UPDATE interpreted SET \"after\" = min(\"after\", ?1)")
    static let touch = Query<Int64, Void>(
        "UPDATE messages SET touches = touches + 1 WHERE id = ?1")
}
