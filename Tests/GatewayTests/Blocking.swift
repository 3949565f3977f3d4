import Glibc

/// Runs `work`, which blocks, on a thread of its own: the few threads that tasks share stay free.
func blocking<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws
    -> Result
{
    try await withCheckedThrowingContinuation { continuation in
        onThread { continuation.resume(with: Swift.Result { try work() }) }
    }
}

/// Runs `work` on a thread of its own.
func onThread(_ work: @escaping @Sendable () -> Void) {
    let box = Unmanaged.passRetained(ThreadWork(work)).toOpaque()
    var thread = pthread_t()
    pthread_create(
        &thread, nil,
        { box in
            guard let box else { return nil }
            Unmanaged<ThreadWork>.fromOpaque(box).takeRetainedValue().run()
            return nil
        }, box)
    pthread_detach(thread)
}

private final class ThreadWork: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}
