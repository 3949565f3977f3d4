import Glibc

/// One password to be hashed. Exactly one of the two endings is called, once.
struct PasswordJob {
    enum Ending { case due, cancelled }

    let id: UInt64
    let end: @Sendable (Ending) -> Void
}

/// Where jobs wait for a worker: bounded, in order of arrival, closed once.
///
/// Unchecked: `state` is touched only while `lock` is held.
@safe final class PasswordQueue: @unchecked Sendable {
    private struct State {
        var jobs: [PasswordJob] = []
        var lastID: UInt64 = 0
        var refused = 0
        var isClosed = false
        /// Threads that have not ended yet.
        var workers: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let doorbell = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var state: State
    private let pendingMax: Int

    init(pendingMax: Int, workers: Int) {
        self.pendingMax = pendingMax
        state = State(workers: workers)
        let isMade =
            unsafe pthread_mutex_init(lock, nil) == 0 && pthread_cond_init(doorbell, nil) == 0
        precondition(isMade, "a plain lock can always be made")
    }

    deinit {
        unsafe pthread_cond_destroy(doorbell)
        unsafe pthread_mutex_destroy(lock)
        unsafe doorbell.deallocate()
        unsafe lock.deallocate()
    }

    var pendingCount: Int { withLock { $0.jobs.count } }
    var refusedCount: Int { withLock { $0.refused } }
    var isClosed: Bool { withLock { $0.isClosed } }

    /// A name for a job that is not there yet, so that it can be cancelled at any time.
    func newID() -> UInt64 {
        withLock { state in
            state.lastID += 1
            return state.lastID
        }
    }

    func add(_ job: PasswordJob) throws(PasswordPoolFault) {
        let refusal: PasswordPoolFault? = withLock { state in
            if state.isClosed { return .closed }
            guard state.jobs.count < pendingMax else {
                state.refused += 1
                return .overloaded
            }
            state.jobs.append(job)
            unsafe pthread_cond_signal(doorbell)
            return nil
        }
        if let refusal { throw refusal }
    }

    /// Ends the job that still waits and gives its place to somebody else. One that a worker has
    /// begun runs to its end.
    func cancel(_ id: UInt64) {
        let job: PasswordJob? = withLock { state in
            state.jobs.firstIndex { $0.id == id }.map { state.jobs.remove(at: $0) }
        }
        job?.end(.cancelled)
    }

    /// The oldest job; waits for one. Nil means closed and empty.
    func next() -> PasswordJob? {
        unsafe pthread_mutex_lock(lock)
        defer { unsafe pthread_mutex_unlock(lock) }
        // Each look is an access of its own. One that lasted through the wait would be a promise
        // that nobody changes the state meanwhile, and the optimiser would never look again.
        while isIdle { unsafe pthread_cond_wait(doorbell, lock) }
        return state.jobs.isEmpty ? nil : state.jobs.removeFirst()
    }

    /// Nothing to do, and more may come. Asked with the lock held.
    private var isIdle: Bool { state.jobs.isEmpty && !state.isClosed }

    /// No job is taken from now on; those that wait are still carried out.
    func close() {
        withLock { state in
            state.isClosed = true
            unsafe pthread_cond_broadcast(doorbell)
        }
    }

    /// A worker has nothing more to do.
    func workerEnded() {
        let waiting = withLock { state in
            state.workers -= 1
            guard state.workers == 0 else { return [] as [CheckedContinuation<Void, Never>] }
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Returns when no worker is left.
    func ended() async {
        await withCheckedContinuation { continuation in
            let isOver = withLock { state in
                if state.workers > 0 { state.waiting.append(continuation) }
                return state.workers == 0
            }
            if isOver { continuation.resume() }
        }
    }

    private func withLock<Result>(_ body: (inout State) -> Result) -> Result {
        unsafe pthread_mutex_lock(lock)
        defer { unsafe pthread_mutex_unlock(lock) }
        return body(&state)
    }
}
