/// Connections that read. The last one given back is taken first, because its cache is the warmest.
/// Those that read in the turns of a loop stay with the loops: what they remember is for answers,
/// and would be made twice if they changed places with others.
final class ReaderStack: Sendable {
    private struct State {
        var idle: [Database] = []
        var idleForTurns: [Database] = []
        var isClosed = false
        /// Whether one of those for turns may hold a snapshot.
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
    func take(forTurns: Bool) throws(DatabaseError) -> Database {
        let (idle, isClosed) = state.withLock { state in
            (forTurns ? state.idleForTurns.popLast() : state.idle.popLast(), state.isClosed)
        }
        if let idle { return idle }
        if isClosed { throw .closed(path: path) }
        let opened = try open()
        opened.isForTurns = forTurns
        return opened
    }

    /// Keeps the connection, or lets it close when enough are kept or the store is closed.
    func giveBack(_ database: Database) {
        state.withLock { state in
            if state.isClosed { return }
            if database.isForTurns {
                guard state.idleForTurns.count < StoreLimits.idleReadersMax else { return }
                state.idleForTurns.append(database)
                if database.snapshot.isHeld { state.hasHeld = true }
            } else if state.idle.count < StoreLimits.idleReadersMax {
                state.idle.append(database)
            }
        }
    }

    /// Ends what idle connections keep open for the reads of a turn.
    func letGoOfSnapshots() {
        state.withLock { state in
            guard state.hasHeld else { return }
            state.hasHeld = false
            for database in state.idleForTurns { database.letGoOfSnapshot() }
        }
    }

    /// Closes what is idle now, and later each connection that is still out.
    func close() {
        let idle = state.withLock { state in
            state.isClosed = true
            defer { (state.idle, state.idleForTurns) = ([], []) }
            return state.idle + state.idleForTurns
        }
        // Released here, outside the lock: closing a connection may write to the disk.
        _ = idle
    }
}
