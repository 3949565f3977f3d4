package import SQLite

/// What a service keeps of another one's data: tables of its own store that can be thrown away and
/// built again.
///
/// Every method runs inside the transaction that also moves the cursor, on the writer's thread: it
/// is done once or not at all. A state may still come again, with the same or an older version,
/// from a snapshot or a new life of the source. So it is written only if its version is greater:
///
///     INSERT INTO user_card (id, version, name) VALUES (?1, ?2, ?3)
///     ON CONFLICT (id) DO UPDATE SET version = excluded.version, name = excluded.name
///     WHERE excluded.version > user_card.version
///
/// After it, `transaction.changes == 0` says that the row was there already: whatever hangs on it,
/// such as a counter, is not touched then. A fact is kept under its key, `ON CONFLICT DO NOTHING`.
package protocol Projection: Sendable {
    /// Whose events: `users`, `threads` or `posts`.
    var source: String { get }

    /// The kinds of events that `apply` wants; all others are passed over.
    var kinds: Set<String> { get }

    /// The snapshots that the projection is built from, in this order: `user` brings events of the
    /// kind `user.changed`.
    var snapshotKinds: [String] { get }

    /// Takes one event or one row of a snapshot. What it throws undoes the whole page, and the
    /// event is tried again until it is taken: throw only for what must not be passed over.
    func apply(_ event: Event, in transaction: borrowing Transaction) throws

    /// Takes one row of a snapshot. The row itself is there afterwards; what follows from it, such
    /// as a counter, may be left to `settle`, noted in the same transaction. Without more it is
    /// taken like any other event.
    func copy(_ row: Event, in transaction: borrowing Transaction) throws

    /// All rows of a snapshot, or of a part of one, are there: works out what `copy` has left, as
    /// much as fits a short transaction. Answers whether something may be left; nothing counts as
    /// reached before that has become false, and no other event is taken.
    func settle(in transaction: borrowing Transaction) throws -> Bool

    /// A snapshot begins. Lets every row that came from this source lose against any version,
    /// usually `UPDATE user_card SET version = 0`: after a backup was restored the source may have
    /// gone back behind what is known here. The rows are served on as they are.
    func mark(in transaction: borrowing Transaction) throws

    /// The snapshot is complete. Removes the rows that nobody named, usually
    /// `DELETE FROM user_card WHERE version = 0`, with whatever hangs on them.
    func sweep(in transaction: borrowing Transaction) throws
}

extension Projection {
    package func copy(_ row: Event, in transaction: borrowing Transaction) throws {
        try apply(row, in: transaction)
    }

    package func settle(in transaction: borrowing Transaction) throws -> Bool { false }

    /// Whether it wants events that no snapshot brings. These are read from the oldest that the
    /// source still keeps; pure states go on from where the snapshot began.
    var wantsFacts: Bool {
        !kinds.isSubset(of: snapshotKinds.map(Event.kind(ofSnapshot:)))
    }
}
