import Bytes
import MessagesAPI
import Routing
import SQLite
import Search

/// Messages that the same readers find in lists and searches. A list is read from the shelves of
/// its reader and no other, so that a page costs the same whatever lies on the rest.
///
/// The first four are the levels of roles. The column `shelf` has their numbers.
enum Shelf {
    /// Of threads that are not known here, and whose messages are shown.
    static let unknown: Int64 = 4
    /// Of the same, deleted or removed.
    static let unknownAndUnshown: Int64 = 5

    /// The column `shelfmark`: the place of a message on its shelf. Ids stay below.
    static func mark(_ shelf: Int64, _ id: Int64) -> Int64 { shelf << 54 | id }

    /// Where the messages of a thread lie that asks `reads` of its readers; nil: it is not known.
    static func of(_ state: MessageState, threadAsking reads: Int64?) -> Int64 {
        guard let reads else { return state == .visible ? unknown : unknownAndUnshown }
        return state == .visible ? reads : max(reads, Role.moderator.level)
    }
}

/// Where a page of a list starts, which way it goes, and how many rows are wanted.
struct Reach: Sendable {
    /// The id or number to start after or before.
    let key: Int64
    let isBackward: Bool
    let rows: Int64
}

extension Sight {
    /// The shelves of its viewer.
    var shelves: [Int64] {
        var shelves = Array(0...level)
        if unknown > level { return shelves }
        shelves.append(Shelf.unknown)
        if viewer.isModerator { shelves.append(Shelf.unknownAndUnshown) }
        return shelves
    }
}

extension Messages {
    /// Rows of one shelf: between two shelfmarks, so many at most.
    typealias ShelfRows =
        (borrowing Connection, _ after: Int64, _ before: Int64, _ rows: Int64) throws ->
        [MessageRow]

    /// The last shelfmark of a list between two; nil if there is none.
    typealias ShelfEnd =
        (borrowing Connection, _ after: Int64, _ before: Int64) throws -> Int64?

    /// A list that lies on shelves. `last` finds its end on one of them, that of all messages
    /// unless said otherwise; `check` throws for a list that the viewer may not know of.
    func shelved(
        after: @escaping ShelfRows, before: @escaping ShelfRows,
        last: @escaping ShelfEnd = { try $0.first(Queries.last, $1, $2) },
        check: @escaping (borrowing Connection, Sight) throws -> Void = { _, _ in }
    ) -> MessageListing {
        MessageListing(
            tag: { connection, sight in
                try check(connection, sight)
                return try tag(connection, sight, last: last)
            },
            rows: { connection, reach, sight in
                try shelved(connection, reach, sight, reach.isBackward ? before : after)
            })
    }

    /// The rows of a list that lies on shelves, merged in the order of their ids.
    private func shelved(
        _ connection: borrowing Connection, _ reach: Reach, _ sight: Sight, _ fetch: ShelfRows
    ) throws -> [MessageRow] {
        var rows: [MessageRow] = []
        for shelf in sight.shelves {
            rows += try walk(connection, shelf, reach, sight, fetch)
        }
        if sight.shelves.count > 1 {
            rows.sort { ($0.message.id.rawValue < $1.message.id.rawValue) != reach.isBackward }
        }
        return Array(rows.prefix(Int(reach.rows)))
    }

    /// What the viewer sees of one shelf. All of it, but for a thread that was just hidden and
    /// whose messages have not all been put elsewhere yet: those are passed over.
    private func walk(
        _ connection: borrowing Connection, _ shelf: Int64, _ reach: Reach, _ sight: Sight,
        _ fetch: ShelfRows
    ) throws -> [MessageRow] {
        var found: [MessageRow] = []
        var key = min(reach.key, ID<Message>.rawValueMax + 1)
        while true {
            let wanted = reach.rows - Int64(found.count)
            let rows =
                reach.isBackward
                ? try fetch(connection, Shelf.mark(shelf, 0), Shelf.mark(shelf, key), wanted)
                : try fetch(connection, Shelf.mark(shelf, key), Shelf.mark(shelf + 1, 0), wanted)
            found += rows.lazy.filter(sight.sees)
            guard Int64(rows.count) == wanted, Int64(found.count) < reach.rows,
                let last = rows.last
            else { return found }
            key = last.message.id.rawValue
        }
    }

    /// What tells the states of a list apart: its end and the changes on the viewer's shelves.
    private func tag(
        _ connection: borrowing Connection, _ sight: Sight, last: ShelfEnd
    ) throws -> ETag {
        var end: Int64 = 0
        var changes = try connection.one(Queries.disorder)
        for shelf in sight.shelves {
            let mark = try last(connection, Shelf.mark(shelf, 0), Shelf.mark(shelf + 1, 0))
            if let mark { end = max(end, mark - Shelf.mark(shelf, 0)) }
            changes += try connection.one(Queries.shelfChanges, shelf)
        }
        return sight.tag(end, changes)
    }
}

extension Transaction {
    /// Runs `change`, which may alter the message `id` and no other, or remove it; keeps the index
    /// and the message's place on the shelves exact.
    func shelving<R>(_ id: Int64, _ change: () throws -> R) throws -> R {
        guard let before = try first(Messages.Queries.shelfPlace, id) else { return try change() }
        return try reindexing(before.mark) {
            let result = try change()
            guard let place = try first(Messages.Queries.shelfPlace, id) else {
                return (result, nil)
            }
            if place.isWrong { try run(Messages.Queries.shelve, id, place.rightShelf) }
            try run(Messages.Queries.shelveMentions, id)
            return (result, place.rightMark)
        }
    }

    /// Puts the message on the shelf where it belongs, if it lies elsewhere.
    func reshelve(_ id: Int64) throws {
        guard let place = try first(Messages.Queries.shelfPlace, id), place.isWrong else { return }
        try shelving(id) {}
    }
}

/// Where a message lies, and where it belongs.
struct ShelfPlace: Sendable {
    private let id: Int64
    private let shelf: Int64
    let rightShelf: Int64

    /// Columns: id, shelf, state, reads of the thread.
    init(row: borrowing Row) {
        id = row.int64(0)
        shelf = row.int64(1)
        rightShelf = Shelf.of(
            MessageState(code: row.int64(2)), threadAsking: row.optionalInt64(3))
    }

    var mark: Int64 { Shelf.mark(shelf, id) }
    var rightMark: Int64 { Shelf.mark(rightShelf, id) }
    var isWrong: Bool { shelf != rightShelf }
}

extension Messages.Queries {
    static let shelfPlace = Query<Int64, ShelfPlace>(
        """
        SELECT m.id, m.shelf, m.state, t.reads
        FROM messages m LEFT JOIN thread_card t ON t.id = m.thread WHERE m.id = ?1
        """, ShelfPlace.init(row:))
    static let shelfmark = Query<Int64, Int64>("SELECT shelfmark FROM messages WHERE id = ?1") {
        $0.int64(0)
    }
    static let shelve = Query<(Int64, Int64), Void>(
        "UPDATE messages SET shelf = ?2 WHERE id = ?1")
    static let shelveMentions = Query<Int64, Void>(
        """
        UPDATE mentions SET shelfmark =
            (SELECT shelfmark FROM messages WHERE id = ?1 AND state = 0)
        WHERE message = ?1
        """)

    /// How often something was put between others.
    static let disorder = Query<Void, Int64>("SELECT count FROM list_changes") { $0.int64(0) }
    static let shelfChanges = Query<Int64, Int64>(
        "SELECT count FROM shelf_changes WHERE shelf = ?1"
    ) { $0.int64(0) }
    static let noteShelfChange = Query<Int64, Void>(
        "UPDATE shelf_changes SET count = count + 1 WHERE shelf = ?1")
}
