import Bytes
import MessagesAPI
import SQLite
import Search

/// One search: the newest messages that match are looked at, a bounded number of them, and the best
/// of these are found.
///
/// How good a message is follows from itself alone: how often the words stand in it, and how long
/// it is. The usual measure (bm25) counts in how many texts a word occurs, which takes time that
/// grows with the store, and tells a reader about texts that are hidden from them.
struct MessageSearch: Sendable {
    let query: SearchQuery
    let thread: Int64?
    let user: Int64?
    /// Milliseconds since 1970.
    let before: Int64?
    let after: Int64?
    let rows: Int

    /// What the viewer of `sight` finds, the best first, of equal ones the newest.
    func hits(_ sight: Sight, _ connection: borrowing Connection) throws -> Hits {
        var candidates: [Candidate] = []
        var isPartial = false
        for shelf in sight.shelves where shelf != Shelf.unknownAndUnshown {
            let (low, high) = try bounds(of: shelf, connection)
            let budget = query.budget()
            candidates += try connection.all(
                Queries.candidates, expression, low, high, WorkLimits.candidatesMax,
                Snippet.open, Snippet.close, within: budget)
            isPartial = isPartial || budget.isSpent
        }
        candidates.sort { $0.id > $1.id }
        candidates = candidates.prefix(Int(WorkLimits.candidatesMax)).filter {
            $0.createdAt < before ?? Int64.max && $0.createdAt > after ?? Int64.min
        }
        candidates.sort { ($0.rank, -$0.id) < ($1.rank, -$1.id) }
        var hits: [Hit] = []
        for candidate in candidates where hits.count < rows {
            guard let row = try connection.first(Messages.Queries.byID, candidate.id),
                sight.sees(row)
            else { continue }
            let snippet = Snippet(marked: candidate.marked)
            hits.append(Hit(row: row, snippet: snippet, rank: candidate.rank))
        }
        return Hits(rows: hits, isPartial: isPartial)
    }

    private var inText: String { "text : (\(query.expression))" }

    /// The words in the text, and those that stand for a thread and an author beside it.
    private var expression: String {
        var expression = inText
        if let thread { expression = "(\(expression)) AND title : \"t\(thread)\"" }
        if let user { expression = "(\(expression)) AND title : \"u\(user)\"" }
        return expression
    }

    /// The shelfmarks between which the moments lie.
    private func bounds(
        of shelf: Int64, _ connection: borrowing Connection
    ) throws -> (low: Int64, high: Int64) {
        let first = try after.map { try MessageSearch.id(since: $0, connection) } ?? 1
        let last = try before.map { try MessageSearch.id(since: $0, connection) }
        return (
            Shelf.mark(shelf, first - 1),
            Shelf.mark(shelf, last ?? ID<Message>.rawValueMax + 1)
        )
    }

    /// The first id of a message that was posted at `moment` or later, found by halving: ids grow
    /// with time, but for messages that were loaded with times of their own.
    private static func id(
        since moment: Int64, _ connection: borrowing Connection
    ) throws -> Int64 {
        var low: Int64 = 1
        var high = try connection.one(Messages.Queries.lastID) + 1
        while low < high {
            let middle = low + (high - low) / 2
            let at = try connection.first(Queries.momentFrom, middle)
            if let at, at.createdAt < moment { low = at.id + 1 } else { high = middle }
        }
        return low
    }

    enum Queries {
        /// An expression, two shelfmarks, how many, the marks around what was found: the newest
        /// ones. (To ask for a snippet by itself is to match once more.)
        static let candidates = Query<
            (String, Int64, Int64, Int64, StaticString, StaticString), Candidate
        >(
            """
            SELECT messages.id, messages.created_at, length(messages.text),
                length(highlight(search, 1, ' ', '')) - length(messages.text),
                snippet(search, 1, ?5, ?6, '…', 24)
            FROM search JOIN messages ON messages.shelfmark = search.rowid
            WHERE search MATCH ?1 AND search.rowid > ?2 AND search.rowid < ?3
            ORDER BY search.rowid DESC LIMIT ?4
            """, Candidate.init(row:))
        static let momentFrom = Query<Int64, Moment>(
            "SELECT id, created_at FROM messages WHERE id >= ?1 ORDER BY id LIMIT 1"
        ) { Moment(id: $0.int64(0), createdAt: $0.int64(1)) }
    }

    /// When a message was posted.
    struct Moment: Sendable {
        let id: Int64
        let createdAt: Int64
    }

    /// A message that matches.
    struct Candidate: Sendable {
        let id: Int64
        let createdAt: Int64
        /// The piece that has the words.
        let marked: String
        /// The smaller the better: a word that comes again counts less each time, and less in a
        /// longer text.
        let rank: Double

        /// Columns: id, created_at, characters, words that were found, the piece that has them.
        init(row: borrowing Row) {
            id = row.int64(0)
            createdAt = row.int64(1)
            let length = Double(row.int64(2)) / Candidate.charactersUsual
            let found = Double(row.int64(3))
            rank = -found / (found + 0.3 + 0.9 * length)
            marked = row.text(4)
        }

        /// A message of a forum, more or less.
        private static let charactersUsual = 400.0
    }
}

/// What a search found, the best first.
struct Hits: Sendable {
    let rows: [Hit]
    /// Whether looking was given up before the oldest messages were looked at.
    let isPartial: Bool
}

/// A message that was found, and why.
struct Hit: Sendable {
    let row: MessageRow
    let snippet: Snippet
    /// The smaller the better.
    let rank: Double
}
