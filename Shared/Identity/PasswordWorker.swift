import Glibc

/// A thread of the operating system that hashes passwords until its queue is closed and empty.
enum PasswordWorker {
    static func start(_ queue: PasswordQueue) {
        let context = unsafe Unmanaged.passRetained(queue).toOpaque()
        var thread = pthread_t()
        let code = unsafe pthread_create(
            &thread, nil,
            { context in
                guard let context = unsafe context else { return nil }
                PasswordWorker.work(
                    unsafe Unmanaged<PasswordQueue>.fromOpaque(context).takeRetainedValue())
                return nil
            }, context)
        precondition(code == 0, "a process can start a thread")
        pthread_detach(thread)
    }

    private static func work(_ queue: PasswordQueue) {
        while let job = queue.next() { job.end(.due) }
        queue.workerEnded()
    }
}
