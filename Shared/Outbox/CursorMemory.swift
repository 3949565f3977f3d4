import SQLite

/// The cursors that a connection has read in this state of the store: every answer that shows
/// projected data asks for them.
final class CursorMemory: StoreMemory {
    /// One for each source that was asked for; a service follows two.
    private var cursors: [(source: String, cursor: FeedCursor?)] = []

    func renew<Source: Reader & ~Copyable>(_ reader: borrowing Source) { cursors = [] }

    func cursor<Source: Reader & ~Copyable>(
        of source: String, in reader: borrowing Source
    ) throws -> FeedCursor? {
        for known in cursors where known.source == source { return known.cursor }
        let cursor = try FeedCursor.read(source, in: reader)
        cursors.append((source, cursor))
        return cursor
    }
}
