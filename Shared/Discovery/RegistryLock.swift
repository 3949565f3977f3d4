import Glibc

/// The lock that writers of a registry take turns with: `flock` on a file beside it, which stays.
struct RegistryLock {
    private let descriptor: Int32

    /// Waits for the lock, a bounded time.
    init(_ path: String) throws(RegistryError) {
        descriptor = unsafe open("\(path).lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .unwritable(path: path, reason: lastReason()) }
        var waited = 0
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR,
                waited < RegistryLimits.lockMilliseconds
            else {
                close(descriptor)
                throw .locked(path: path)
            }
            usleep(2_000)
            waited += 2
        }
    }

    func release() { close(descriptor) }
}
