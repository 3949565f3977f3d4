import Glibc
import Synchronization

/// A worker on an operating-system thread of its own.
final class WorkerThread: Sendable {
    let progress = Progress()
    private let plan: LoadPlan
    private let thread: Int
    private let window: Window
    private let outcome = Mutex<Result<Tally, LoadFailure>?>(nil)
    private let handle = Mutex(pthread_t())

    init(plan: LoadPlan, thread: Int, window: Window) {
        self.plan = plan
        self.thread = thread
        self.window = window
    }

    /// Called once; the thread keeps this object alive until it ends.
    func start() throws(LoadFailure) {
        let box = unsafe Unmanaged.passRetained(self)
        let code = handle.withLock { handle in
            unsafe pthread_create(
                &handle, nil,
                { argument in
                    guard let argument = unsafe argument else { return nil }
                    let box = unsafe Unmanaged<WorkerThread>.fromOpaque(argument)
                    unsafe box.takeRetainedValue().run()
                    return nil
                }, box.toOpaque())
        }
        if code != 0 {
            unsafe box.release()
            throw .run("cannot start a thread: \(SystemError.text(code))")
        }
    }

    /// Waits for the thread to end.
    func join() throws(LoadFailure) -> Tally {
        let code = pthread_join(handle.withLock { $0 }, nil)
        precondition(code == 0, "joined exactly once, after start")
        guard let outcome = outcome.withLock({ $0 }) else {
            preconditionFailure("a worker leaves an outcome")
        }
        return try outcome.get()
    }

    private func run() {
        let result: Result<Tally, LoadFailure>
        do throws(LoadFailure) {
            let worker = try Worker(
                plan: plan, thread: thread, window: window, progress: progress)
            result = .success(worker.run())
        } catch {
            result = .failure(error)
        }
        outcome.withLock { $0 = result }
        progress.isDone.store(true, ordering: .releasing)
    }
}
