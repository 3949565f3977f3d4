/// The one thread of a process that writes to a store.
///
/// It runs every request that waits inside one transaction, commits once, and only then answers
/// them all: nobody hears of a write, or of a refusal that another write in the same commit caused,
/// before the disk has it. While the disk syncs, the next batch gathers.
final class Writer {
    private let database: Database
    private let queue: WriteQueue
    private let observers: CommitObservers
    private let clock: @Sendable () -> Int64
    private let requestsMax: Int

    init(
        _ database: Database, _ queue: WriteQueue, _ observers: CommitObservers,
        _ settings: StoreSettings
    ) {
        self.database = database
        self.queue = queue
        self.observers = observers
        clock = settings.clock
        requestsMax = settings.requestsPerCommitMax
    }

    /// Works until the queue is closed and drained.
    func run() {
        while let first = queue.next() {
            commit(first)
            // After the answers, so that nobody waits for it.
            if database.isCheckpointDue { database.checkpoint() }
        }
        // Leaves a short log to the next start, also when another process keeps the file open.
        database.checkpoint()
    }

    private func commit(_ first: any WriteRequest) {
        var batch = Batch()
        do {
            try begin(first, &batch)
            try fill(&batch, from: first)
            try database.commit()
            batch.answer(nil, counting: database.statistics)
            observers.tell()
        } catch {
            database.rollBack()
            batch.answer(error, counting: database.statistics)
        }
    }

    /// Takes the write lock. Who cannot get it fails all who wait, instead of letting each of them
    /// wait as long again.
    private func begin(_ first: any WriteRequest, _ batch: inout Batch) throws(DatabaseError) {
        do {
            try database.begin()
        } catch {
            batch.add(first, nil)
            while let request = queue.poll() { batch.add(request, nil) }
            throw error
        }
    }

    /// Carries out `first` and everybody who comes meanwhile: they would have to wait for this sync
    /// anyway, and pay for one of their own after it. A large request ends the batch.
    private func fill(_ batch: inout Batch, from first: any WriteRequest) throws(DatabaseError) {
        let changesBefore = database.totalChanges
        var next: (any WriteRequest)? = first
        while let request = next {
            try perform(request, in: &batch)
            let isLarge = database.totalChanges - changesBefore > StoreLimits.changesPerCommitMax
            let isFull = isLarge || batch.count >= requestsMax
            next = isFull ? nil : queue.poll()
        }
    }

    /// Runs one request so that its failure undoes only itself. Throws what has ended the whole
    /// transaction, such as a full disk.
    private func perform(_ request: any WriteRequest, in batch: inout Batch) throws(DatabaseError) {
        // The first has nothing before it to protect: it can do without a savepoint, for which
        // SQLite copies each page before its first change. A bulk load comes first, see `fill`.
        let isFirst = batch.count == 0
        var failure: (any Error)?
        do {
            if !isFirst { try database.savepoint() }
            try request.perform(in: Transaction(database, now: clock()))
            try database.checkForeignKeys()
            if !isFirst { try database.release() }
        } catch {
            failure = error
        }
        batch.add(request, failure)
        if database.isOutsideTransaction { throw database.ended(by: failure) }
        guard failure != nil else { return }
        if isFirst {
            database.rollBack()
            try database.begin()
        } else {
            try database.rollBackToSavepoint()
        }
    }
}
