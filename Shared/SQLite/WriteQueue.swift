import Glibc

/// Where requests wait for the writer's thread: bounded, in order of arrival, and closed once.
///
/// Unchecked: `doorbell` is a semaphore, made for several threads; all else is behind the lock.
@safe final class WriteQueue: @unchecked Sendable {
    /// Why a request was not taken.
    enum Refusal: Error { case full, closed }

    private struct State {
        /// Those before `head` were taken already.
        var requests: [(any WriteRequest)?] = []
        var head = 0
        var isClosed = false
        var isWriterAsleep = false

        var depth: Int { requests.count - head }
    }

    private let state = Guarded(State())
    private let doorbell = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)
    private let pendingMax: Int
    private let statistics: StoreStatistics

    init(pendingMax: Int, _ statistics: StoreStatistics) {
        self.pendingMax = pendingMax
        self.statistics = statistics
        let code = unsafe sem_init(doorbell, 0, 0)
        precondition(code == 0, "a semaphore of one process can always be made")
    }

    deinit {
        unsafe sem_destroy(doorbell)
        unsafe doorbell.deallocate()
    }

    /// Appends one request.
    func add(_ request: any WriteRequest) throws(Refusal) {
        let refusal: Refusal? = state.withLock { state in
            if state.isClosed { return .closed }
            if state.depth >= pendingMax { return .full }
            state.requests.append(request)
            statistics.queued(state.depth)
            wake(&state)
            return nil
        }
        guard let refusal else { return }
        if refusal == .full { statistics.refused() }
        throw refusal
    }

    /// No request is taken from now on; those that wait are still carried out.
    func close() {
        state.withLock { state in
            state.isClosed = true
            wake(&state)
        }
    }

    /// The oldest request; waits for one. Nil means closed and drained.
    func next() -> (any WriteRequest)? {
        while true {
            let (request, isOver) = state.withLock { state in
                let request = takeOldest(from: &state)
                state.isWriterAsleep = request == nil && !state.isClosed
                return (request, !state.isWriterAsleep)
            }
            if isOver { return request }
            while unsafe sem_wait(doorbell) != 0 {}
        }
    }

    /// The oldest request, if there is one.
    func poll() -> (any WriteRequest)? { state.withLock { takeOldest(from: &$0) } }

    private func takeOldest(from state: inout State) -> (any WriteRequest)? {
        guard state.depth > 0 else { return nil }
        let request = state.requests[state.head].take()
        state.head += 1
        // Moves the rest to the front rarely enough to cost nothing per request.
        if state.depth == 0 || state.head > pendingMax {
            state.requests.removeFirst(state.head)
            state.head = 0
        }
        statistics.queued(state.depth)
        return request
    }

    private func wake(_ state: inout State) {
        guard state.isWriterAsleep else { return }
        state.isWriterAsleep = false
        unsafe sem_post(doorbell)
    }
}
