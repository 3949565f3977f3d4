import Glibc

/// A value that several threads change, one at a time.
///
/// Not `Synchronization.Mutex`: the thread sanitizer does not see inside its slow path and reports
/// a race wherever two threads really met. This lock it knows, so a report in this module is a
/// defect.
///
/// Unchecked: `state` is touched only while `lock` is held.
@safe final class Guarded<State>: @unchecked Sendable {
    private let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let state = UnsafeMutablePointer<State>.allocate(capacity: 1)

    init(_ initial: sending State) {
        let code = unsafe pthread_mutex_init(lock, nil)
        precondition(code == 0, "a plain lock can always be made")
        unsafe state.initialize(to: initial)
    }

    deinit {
        unsafe pthread_mutex_destroy(lock)
        unsafe lock.deallocate()
        unsafe state.deinitialize(count: 1)
        unsafe state.deallocate()
    }

    /// Lends the value to `body`, which has to be short and may not come back here.
    func withLock<R>(_ body: (inout State) -> R) -> R {
        unsafe pthread_mutex_lock(lock)
        defer { unsafe pthread_mutex_unlock(lock) }
        return unsafe body(&state.pointee)
    }
}
