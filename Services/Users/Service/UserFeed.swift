import Outbox
import Records
import SQLite

// What other services copy of this one.
extension Users {
    /// Accounts by their numbers, API tokens by their digests.
    static let snapshots = [
        SnapshotTable(
            UserChange.snapshotKind,
            numbered: { reader, after, limit in
                try reader.all(Queries.accountsAfter, after, limit).map(\.told.event)
            }),
        SnapshotTable(APITokenCard.snapshotKind) { reader, after, limit in
            var hash = ""
            if case .text(let last)? = after { hash = last }
            return try reader.all(Queries.tokenCardsAfter, hash, limit).map(\.event)
        },
    ]
}
