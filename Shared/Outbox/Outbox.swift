package import Bytes
package import SQLite

/// What a store tells other services, written in the transaction that makes it true.
///
/// Either both are kept or neither is. Whoever follows the feed sees events in the order of their
/// commits, and never one that a power cut could still take back.
package enum Outbox {
    /// Adds the event and returns its seq: the position to answer a client with. One prepared
    /// insert. Throws `bodyTooLarge`. Those who wait for it are woken after the commit.
    @discardableResult
    package static func append(
        _ event: Event, in transaction: borrowing Transaction
    ) throws -> Int64 {
        guard event.body.count <= OutboxLimits.bodyBytesMax else {
            throw OutboxError.bodyTooLarge(kind: event.kind, bytes: event.body.count)
        }
        precondition(isOneLine(event.body), "the body of an event is one line")
        try transaction.run(
            Queries.append, transaction.now, event.kind, event.key, event.version, event.body.text)
        return transaction.lastInsertedRowID
    }

    /// The seq of the newest event, 0 before the first: what this transaction, or this read, sees.
    package static func head<Source: Reader & ~Copyable>(
        in reader: borrowing Source
    ) throws -> Int64 {
        try reader.one(Queries.state).head
    }

    /// How far this store has followed `source`, as this transaction or read sees it: what was read
    /// together with it shows no less. For tags of answers that show projected data; it says
    /// nothing about freshness. 0 before the first snapshot.
    package static func position<Source: Reader & ~Copyable>(
        of source: String, in reader: borrowing Source
    ) throws -> Int64 {
        try cursor(of: source, in: reader)?.seq ?? 0
    }

    /// What was followed of `source` and how far, as one value: two that are equal saw the same
    /// events. Nil while a snapshot is being copied, and before the first.
    package static func reach<Source: Reader & ~Copyable>(
        of source: String, in reader: borrowing Source
    ) throws -> FeedReach? {
        guard let cursor = try cursor(of: source, in: reader), cursor.copy == nil else {
            return nil
        }
        return FeedReach(epoch: cursor.epoch, seq: cursor.seq)
    }

    /// Read once in each state of the store.
    private static func cursor<Source: Reader & ~Copyable>(
        of source: String, in reader: borrowing Source
    ) throws -> FeedCursor? {
        guard let memory = try reader.memory(CursorMemory.self) else {
            return try FeedCursor.read(source, in: reader)
        }
        return try memory.cursor(of: source, in: reader)
    }

    /// Begins a new life of the outbox: whoever follows it will copy a snapshot first. To be called
    /// once on a file that was restored from a backup, before it is served, because its seqs go on
    /// from an older place.
    package static func renewEpoch(in transaction: borrowing Transaction) throws {
        try transaction.run(Queries.renewEpoch)
    }

    /// Replaces the body of every event of `kind` about `key`, so that what was personal in them is
    /// gone; `body` is what such a thing looks like now. Returns how many there were. (SQLite
    /// overwrites the bytes in the file when it uses their pages again, or at VACUUM.)
    @discardableResult
    package static func tombstone(
        kind: String, key: EventKey, body: ByteString, in transaction: borrowing Transaction
    ) throws -> Int {
        precondition(isOneLine(body), "the body of an event is one line")
        try transaction.run(Queries.tombstone, body.text, kind, key)
        return transaction.changes
    }

    /// Whether this outbox still has an event of `kind` about `key`: for what is to be done once
    /// because of a fact of another service, and told here. Facts are kept for as long there as
    /// here, and the other one is older.
    package static func tells<Source: Reader & ~Copyable>(
        _ kind: String, about key: EventKey, in reader: borrowing Source
    ) throws -> Bool {
        try reader.one(Queries.isTold, kind, key)
    }

    private static func isOneLine(_ body: ByteString) -> Bool {
        unsafe body.withBytes { unsafe !$0.isEmpty && !$0.contains(ASCII.lineFeed) }
    }
}
