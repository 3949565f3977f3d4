/// One SQLite file: many readers at once, one writer, every acknowledged write on the disk.
///
/// Several processes may open the same file, so nothing read is remembered between two calls.
@usableFromInline package final class Store: Sendable {
    /// The path it was opened with.
    package let path: String

    /// What has been counted since the store was opened.
    package let statistics: StoreStatistics

    private let readers: ReaderStack
    private let isInTurn: @Sendable () -> Bool
    private let queue: WriteQueue
    private let thread: WriterThread
    private let observers = CommitObservers()

    /// Opens or creates the file and brings it to the schema of `migrations`. Throws one clear line
    /// and leaves the file as it was when that is not possible. Blocks while another process
    /// migrates the same file.
    package init(
        path: String, migrations: [Migration], settings: StoreSettings = StoreSettings()
    ) throws(DatabaseError) {
        let statistics = StoreStatistics()
        let timeout = settings.busyTimeoutMilliseconds
        let database = try Database.openForWriting(path, statistics)
        try Migrator(database: database, migrations: migrations, now: settings.clock()).run()
        database.busyWait.milliseconds = timeout
        self.path = path
        self.statistics = statistics
        isInTurn = settings.isInTurn
        readers = ReaderStack(path: path) { () throws(DatabaseError) in
            try Database.openForReading(path, timeout, statistics)
        }
        queue = WriteQueue(pendingMax: settings.pendingWritesMax, statistics)
        let writer = Writer(database, queue, observers, settings)
        guard let thread = WriterThread.start(writer) else {
            throw .cannotOpen(path: path, reason: "the system allows no further thread")
        }
        self.thread = thread
    }

    deinit { queue.close() }

    /// Reads on the calling thread, without waiting for writers. Each statement sees everything
    /// committed before it; several that must agree with each other belong in a `snapshot`.
    @inlinable package func read<R>(_ body: (borrowing Connection) throws -> R) throws -> R {
        let connection = try lend()
        defer { giveBack(connection) }
        return try body(connection)
    }

    /// Reads with several statements that all see the same state of the file.
    package func snapshot<R>(_ body: (borrowing Connection) throws -> R) throws -> R {
        try read { connection in
            if connection.database.snapshot.isHeld { return try body(connection) }
            try connection.database.beginReading()
            defer { connection.database.rollBack() }
            return try body(connection)
        }
    }

    /// Runs `body` on the writer's thread and returns its result when the commit that contains it
    /// is on the disk. Many calls share one commit; when `body` throws, only its own changes are
    /// undone. Throws what `body` threw, `overloaded` when too many wait, or why the commit failed.
    /// A task that is cancelled meanwhile still gets the answer: the write cannot be taken back.
    package func write<R: Sendable>(
        _ body: @escaping @Sendable (borrowing Transaction) throws -> R
    ) async throws -> R {
        try await withCheckedThrowingContinuation { continuation in
            do throws(WriteQueue.Refusal) {
                try queue.add(PendingWrite(body, continuation))
            } catch {
                continuation.resume(throwing: refusal(error))
            }
        }
    }

    /// Lets go of what the reads of a turn have shared. A loop calls it before it waits, because a
    /// snapshot that is kept keeps the log from starting over.
    package func endTurn() { readers.letGoOfSnapshots() }

    /// From now on calls `observer` on the writer's thread after every commit of this object, once
    /// those who waited for it have been answered. It has to be short and may not wait. Commits of
    /// other processes, and of other objects over the same file, are not told.
    package func afterEachCommit(_ observer: @escaping @Sendable () -> Void) {
        observers.add(observer)
    }

    /// Takes no more work, finishes the writes that wait, copies the log into the file and closes
    /// it. Returns when that is done, however often it is called.
    package func close() async {
        readers.close()
        queue.close()
        await thread.ended()
    }

    @usableFromInline
    func lend() throws(DatabaseError) -> Connection {
        let isInTurn = isInTurn()
        let database = try readers.take(forTurns: isInTurn)
        guard isInTurn else { return Connection(database) }
        do throws(DatabaseError) {
            try database.holdSnapshot()
        } catch {
            readers.giveBack(database)
            throw error
        }
        return Connection(database)
    }

    @usableFromInline
    func giveBack(_ connection: borrowing Connection) { readers.giveBack(connection.database) }

    private func refusal(_ refusal: WriteQueue.Refusal) -> DatabaseError {
        switch refusal {
        case .closed: .closed(path: path)
        case .full: .overloaded(path: path)
        }
    }
}
