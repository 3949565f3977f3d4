import Dispatch
import Glibc
import SQLite
import Synchronization

/// Holds the writer inside a request until it is opened, so that a test decides what gathers
/// behind.
final class Gate: @unchecked Sendable {
    private let entered = Flag()
    private let opened = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() { sem_init(opened, 0, 0) }

    deinit { opened.deallocate() }

    /// Called in the request: blocks the writer's thread.
    func stop() {
        entered.raise()
        while sem_wait(opened) != 0 {}
    }

    /// Returns when a request has stopped at the gate.
    func waitUntilEntered() async { await until { entered.isRaised } }

    func open() { sem_post(opened) }
}

/// Something that has happened or not.
final class Flag: Sendable {
    private let value = Atomic<Bool>(false)
    var isRaised: Bool { value.load(ordering: .acquiring) }
    func raise() { value.store(true, ordering: .releasing) }
}

/// Runs `body` on a thread of its own: it may block there without taking a thread from the tests.
func onThread<R: Sendable>(_ body: @escaping @Sendable () throws -> R) async throws -> R {
    try await withCheckedThrowingContinuation { continuation in
        DispatchQueue(label: "blocking").async {
            continuation.resume(with: Result { try body() })
        }
    }
}

/// Lets other tasks run until `condition` holds.
func until(_ condition: () throws -> Bool) async rethrows {
    while try !condition() { await Task.yield() }
}

/// What `Store.write` takes.
typealias Request<R> = @Sendable (borrowing Transaction) throws -> R

extension Store {
    /// Runs `requests` so that they share one commit, behind a first request that writes nothing.
    func together<R: Sendable>(_ requests: Request<R>...) async -> [Result<R, any Error>] {
        await together(all: requests)
    }

    func together<R: Sendable>(all requests: [Request<R>]) async -> [Result<R, any Error>] {
        let gate = Gate()
        async let first: Void = write { _ in gate.stop() }
        await gate.waitUntilEntered()
        var tasks: [Task<R, any Error>] = []
        for request in requests {
            tasks.append(Task { try await write(request) })
            await until { statistics.queueDepth == tasks.count }
        }
        gate.open()
        var results: [Result<R, any Error>] = []
        for task in tasks { results.append(await task.result) }
        // It fails only when the commit does, which the others then tell as well.
        try? await first
        return results
    }
}
