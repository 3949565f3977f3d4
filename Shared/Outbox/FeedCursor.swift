import SQLite

/// How far a store has followed a source; committed with the effects of what was read.
struct FeedCursor: Equatable, Sendable {
    /// A snapshot on its way into the projection.
    struct Copy: Equatable, Sendable {
        let kind: String
        /// Everything up to this key is there.
        var after: EventKey?
        /// The last key of a part; nil when all of it, and all kinds after it, are copied.
        let until: Int64?

        /// How many rows can be left; nil when nobody knows.
        var rowsMax: Int? {
            until.map { Int(clamping: $0 - (after?.number ?? 0)) }
        }

        /// Whether all rows are there, and only what follows from them is still to be worked out.
        var isSettling: Bool {
            guard let until else { return false }
            return after == .number(until)
        }

        /// The same copy with all its rows there.
        var settling: Copy {
            let end = until ?? 0
            return Copy(kind: kind, after: .number(end), until: end)
        }
    }

    /// The life of the source's outbox that `seq` belongs to.
    var epoch: String
    /// Everything up to here is in the projection, once nothing is being copied.
    var seq: Int64
    /// When it was committed, milliseconds since 1970.
    var at: Int64
    /// Since when it has not known to be up to date; nil while it is.
    var behindSince: Int64?
    var copy: Copy?

    /// The cursor for `source`; nil before its first snapshot.
    static func read<Source: Reader & ~Copyable>(
        _ source: String, in reader: borrowing Source
    ) throws -> FeedCursor? {
        try reader.first(Outbox.Queries.cursor, source)
    }

    /// Notes whether anything is missing at `now`, when nothing was missing last at `moment`.
    mutating func note(isCaughtUp: Bool, since moment: Int64, at now: Int64) {
        if isCaughtUp {
            behindSince = nil
        } else if behindSince == nil, now - moment > OutboxLimits.freshMilliseconds {
            behindSince = moment
        }
    }

    /// Keeps it with whatever else the transaction does.
    func write(for source: String, in transaction: borrowing Transaction) throws {
        try transaction.run(
            Outbox.Queries.setCursor, source, epoch, seq, transaction.now, behindSince,
            copy?.kind, copy?.after, copy?.until)
    }
}

extension FeedCursor {
    /// Columns: epoch, seq, at, behind_since, copy_kind, whether copy_after is a number,
    /// copy_after, copy_until.
    init(row: borrowing Row) {
        epoch = row.text(0)
        seq = row.int64(1)
        at = row.int64(2)
        behindSince = row.optionalInt64(3)
        guard let kind = row.optionalText(4) else { return }
        let after = row.isNull(6) ? nil : EventKey(row, 6, isNumber: row.bool(5))
        copy = Copy(kind: kind, after: after, until: row.optionalInt64(7))
    }
}
