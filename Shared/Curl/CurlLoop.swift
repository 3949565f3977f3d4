import CCurl
import HTTP
import Synchronization

/// The inbox of the thread that runs libcurl. Ends with the transport that owns it.
final class CurlLoop: Sendable {
    enum Job: Sendable {
        case start(TransferPlan)
        /// A pipe has bytes or room again.
        case resume(UInt64)
        case cancel(UInt64)
    }

    /// Wakes the thread: the one thing that libcurl allows from other threads.
    @safe struct Waker: @unchecked Sendable {
        let multi: UnsafeMutableRawPointer

        func wake() { unsafe curl_multi_wakeup(multi) }
    }

    private struct State {
        var jobs: [Job] = []
        var isStopped = false
        /// Nil before the thread has begun and after it has ended.
        var waker: Waker?
    }

    private let state = Mutex(State())

    init() { CurlThread.start { [self] in CurlWorker(inbox: self)?.run() } }

    /// Hands a job to the thread; false if it has been told to stop.
    @discardableResult
    func submit(_ job: Job) -> Bool {
        state.withLock { state in
            guard !state.isStopped else { return false }
            state.jobs.append(job)
            state.waker?.wake()
            return true
        }
    }

    /// The thread gives up what it is doing and ends.
    func stop() {
        state.withLock { state in
            state.isStopped = true
            state.waker?.wake()
        }
    }

    // The thread's side.

    func opened(_ waker: Waker) { state.withLock { $0.waker = waker } }

    /// The jobs since the last time; nil once it is time to end.
    func take() -> [Job]? {
        state.withLock { state in
            if state.isStopped { return nil }
            let jobs = state.jobs
            state.jobs = []
            return jobs
        }
    }

    /// No more wakes; answers the jobs that nobody has seen.
    func closed() -> [Job] {
        state.withLock { state in
            state.isStopped = true
            state.waker = nil
            let jobs = state.jobs
            state.jobs = []
            return jobs
        }
    }
}
