import Synchronization

/// What is known of one source, written by its projector and read by any request without a lock.
final class ProgressTrack: Sendable {
    /// The position while a snapshot is being copied: nothing is reached.
    static let nowhere: Int64 = -1

    let source: String
    /// Raised each time something was committed or learned.
    let signal = FeedSignal()

    private let position: Atomic<Int64>
    private let sourceHead = Atomic<Int64>(0)
    private let upToDateAt: Atomic<Int64>
    private let leaseEnd = Atomic<Int64>(0)
    private let reachable = Atomic<Bool>(false)
    private let caughtUpOnce = Atomic<Bool>(false)
    private let appliedCount = Atomic<Int>(0)
    private let rebuildCount = Atomic<Int>(0)
    private let failureCount = Atomic<Int>(0)
    private let refusedCount = Atomic<Int>(0)
    private let latestFailure = Mutex<String?>(nil)

    /// `upToDateAt` is the last time at which the source is known to have been followed.
    init(source: String, upToDateAt: Int64) {
        self.source = source
        position = Atomic(ProgressTrack.nowhere)
        self.upToDateAt = Atomic(upToDateAt)
    }

    /// How far the projection has come, as this process last knew.
    var reached: Int64 { position.load(ordering: .acquiring) }
    /// The last moment at which nothing was missing.
    var caughtUpAt: Int64 { upToDateAt.load(ordering: .relaxed) }
    var isReachable: Bool { reachable.load(ordering: .relaxed) }
    var hasCaughtUp: Bool { caughtUpOnce.load(ordering: .relaxed) }
    var hasFailed: Bool { failureCount.load(ordering: .relaxed) > 0 }

    /// Whether this process projects at `now`: nobody else can have moved the cursor then.
    func isHolder(at now: Int64) -> Bool {
        Lease.binds(endingAt: leaseEnd.load(ordering: .acquiring), at: now)
    }

    // MARK: Told by the projector

    func moved(to cursor: FeedCursor?) {
        let seq = cursor.map { $0.copy == nil ? $0.seq : ProgressTrack.nowhere }
        position.store(seq ?? ProgressTrack.nowhere, ordering: .releasing)
    }

    func holds(until endsAt: Int64) { leaseEnd.store(endsAt, ordering: .releasing) }

    func heard(_ state: FeedState) {
        sourceHead.store(state.head, ordering: .relaxed)
        reachable.store(true, ordering: .relaxed)
        latestFailure.withLock { $0 = nil }
    }

    func caughtUp(at moment: Int64) {
        upToDateAt.store(moment, ordering: .relaxed)
        let isFirst = !caughtUpOnce.exchange(true, ordering: .relaxed)
        if isFirst { signal.raise() }
    }

    /// What the row of another process says.
    func learned(isUpToDate: Bool, since moment: Int64) {
        reachable.store(isUpToDate, ordering: .relaxed)
        if isUpToDate {
            caughtUp(at: moment)
        } else {
            upToDateAt.store(moment, ordering: .relaxed)
        }
    }

    func applied(_ events: Int) { appliedCount.add(events, ordering: .relaxed) }
    func rebuilds() { rebuildCount.add(1, ordering: .relaxed) }

    func failed(_ error: any Error) {
        failureCount.add(1, ordering: .relaxed)
        if case FeedError.hostile = error { refusedCount.add(1, ordering: .relaxed) }
        if error is FeedError { reachable.store(false, ordering: .relaxed) }
        latestFailure.withLock { $0 = "\(error)" }
        signal.raise()
    }

    // MARK: Asked

    /// Seconds since nothing was missing; nil while that is at most two and the source is heard.
    func stalenessSeconds(at now: Int64) -> Int? {
        let age = max(0, now - caughtUpAt)
        if isReachable && age <= OutboxLimits.freshMilliseconds { return nil }
        return Int(age / 1_000)
    }

    func figures(at now: Int64) -> ProjectorFigures {
        ProjectorFigures(
            source: source, position: reached, head: sourceHead.load(ordering: .relaxed),
            lagSeconds: stalenessSeconds(at: now) ?? 0, isReachable: isReachable,
            isHolder: isHolder(at: now), applied: appliedCount.load(ordering: .relaxed),
            rebuilds: rebuildCount.load(ordering: .relaxed),
            failures: failureCount.load(ordering: .relaxed),
            refusedPages: refusedCount.load(ordering: .relaxed),
            failure: latestFailure.withLock { $0 })
    }
}
