import Glibc

/// A sign that somebody follows a source on behalf of a store: a lock on a file beside the store,
/// which the system takes back when its process ends, however it ends. Where nobody shows it,
/// nobody has to be waited for.
///
/// It is a hint that saves time. What keeps two from following at once is the lease; where the file
/// cannot be made or locked, a lease ends by its time alone.
final class LifeSign {
    private let path: String
    private var descriptor: Int32 = -1
    private var isShown = false

    /// The sign of whoever follows `source` for the store at `store`. Nothing is opened yet.
    init(store: String, source: String) {
        path = "\(store)-\(source)"
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Shows it from now on; false while another projector does.
    @discardableResult
    func show() -> Bool {
        if isShown { return true }
        if descriptor < 0 {
            descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        }
        isShown = descriptor >= 0 && flock(descriptor, LOCK_EX | LOCK_NB) == 0
        return isShown
    }

    /// Leaves it to whoever comes next.
    func hide() {
        if isShown { _ = flock(descriptor, LOCK_UN) }
        isShown = false
    }
}
