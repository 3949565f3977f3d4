/// Connections that read. The last one given back is taken first, because its cache is the warmest.
final class ReaderStack: Sendable {
    private struct State {
        var idle: [Database] = []
        var isClosed = false
        /// Whether one of those idle may hold a snapshot.
        var hasHeld = false
    }

    private let state = Guarded(State())
    private let open: @Sendable () throws(DatabaseError) -> Database
    private let path: String

    init(path: String, open: @escaping @Sendable () throws(DatabaseError) -> Database) {
        self.path = path
        self.open = open
    }

    /// A connection that is in no other hand; opens one when all are out.
    func take() throws(DatabaseError) -> Database {
        let (idle, isClosed) = state.withLock { ($0.idle.popLast(), $0.isClosed) }
        if let idle { return idle }
        if isClosed { throw .closed(path: path) }
        return try open()
    }

    /// Keeps the connection, or lets it close when enough are kept or the store is closed.
    func giveBack(_ database: Database) {
        state.withLock { state in
            guard !state.isClosed, state.idle.count < StoreLimits.idleReadersMax else { return }
            state.idle.append(database)
            if database.snapshot.isHeld { state.hasHeld = true }
        }
    }

    /// Ends what idle connections keep open for the reads of a turn.
    func letGoOfSnapshots() {
        state.withLock { state in
            guard state.hasHeld else { return }
            state.hasHeld = false
            for database in state.idle { database.letGoOfSnapshot() }
        }
    }

    /// Closes what is idle now, and later each connection that is still out.
    func close() {
        let idle = state.withLock { state in
            state.isClosed = true
            defer { state.idle = [] }
            return state.idle
        }
        // Released here, outside the lock: closing a connection may write to the disk.
        _ = idle
    }
}
