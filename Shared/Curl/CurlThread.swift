import Glibc

/// A thread of the operating system: libcurl waits, and nothing of Swift's pool may.
enum CurlThread {
    /// Runs `body` on a thread of its own.
    static func start(_ body: @escaping @Sendable () -> Void) {
        let job = unsafe Unmanaged.passRetained(Job(body: body)).toOpaque()
        var thread = pthread_t()
        let failure = unsafe pthread_create(
            &thread, nil,
            { job in
                guard let job = unsafe job else { return nil }
                unsafe Unmanaged<Job>.fromOpaque(job).takeRetainedValue().body()
                return nil
            }, job)
        precondition(failure == 0, "a process can start a thread")
        pthread_detach(thread)
    }

    private final class Job: Sendable {
        let body: @Sendable () -> Void

        init(body: @escaping @Sendable () -> Void) { self.body = body }
    }
}
