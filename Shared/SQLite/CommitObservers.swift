/// Who wants to know that something was committed.
final class CommitObservers: Sendable {
    private let observers = Guarded<[@Sendable () -> Void]>([])

    func add(_ observer: @escaping @Sendable () -> Void) {
        observers.withLock { $0.append(observer) }
    }

    /// Called outside the lock: an observer may take locks of its own.
    func tell() {
        for observer in observers.withLock({ $0 }) { observer() }
    }
}
