/// The life of one child process. Pure: what happened and when goes in, what is to be done comes
/// out.
///
///     waiting ─waitIsOver─▶ starting ─ready─▶ healthy ─stop─▶ stopping ─exited─▶ ended
///        ▲                     └──────exited──────┤
///        └─────────────────────────again──────────┼─too often, or at first start─▶ failed
///                                                 └─exited well─▶ ended
struct ChildLife: Equatable, Sendable {
    enum State: Equatable, Sendable {
        /// Spawned, not yet ready.
        case starting(sinceMilliseconds: Int64)
        case healthy(sinceMilliseconds: Int64)
        /// Not started yet, or ended by itself: started when the wait is over.
        case waiting
        /// Told to end.
        case stopping
        /// Ended as it was told, by us or by somebody else.
        case ended(ChildExit)
        /// Ended by itself and not started again.
        case failed(ChildExit)
    }

    /// What the supervisor has to do next.
    enum Action: Equatable, Sendable {
        case nothing
        /// Start it again after this time.
        case wait(milliseconds: Int64)
        case spawn
        /// Ask it to end.
        case terminate
        /// Nothing more will happen.
        case over
    }

    private(set) var state = State.waiting
    /// Ends in a row that came soon after a start.
    private var failures = 0
    /// Whether it was ever ready.
    private(set) var wasReady = false

    /// Its end was seen.
    mutating func exited(_ exit: ChildExit, now: Int64) -> Action {
        switch state {
        case .stopping:
            state = .ended(exit)
            return .over
        case .starting where !wasReady:
            // What fails at its first start fails at its second: the cause is a setting or a port.
            state = .failed(exit)
            return .over
        case .healthy where exit.isClean:
            // Somebody has told it to end: that is no crash, and they meant it.
            state = .ended(exit)
            return .over
        case .starting: failures += 1
        case .healthy(let since):
            let wasSteady = now - since >= RestartLimits.steadyMilliseconds
            failures = wasSteady ? 1 : failures + 1
        case .waiting, .ended, .failed:
            preconditionFailure("a process that is not running does not end")
        }
        if failures > RestartLimits.failuresInRowMax {
            state = .failed(exit)
            return .over
        }
        state = .waiting
        return .wait(milliseconds: RestartLimits.delayMilliseconds(failures: failures))
    }

    /// It answers that it is ready.
    mutating func becameReady(now: Int64) {
        guard case .starting = state else { return }
        state = .healthy(sinceMilliseconds: now)
        wasReady = true
    }

    /// The wait before a start is over.
    mutating func waitIsOver(now: Int64) -> Action {
        guard state == .waiting else { return .nothing }
        state = .starting(sinceMilliseconds: now)
        return .spawn
    }

    /// It shall end.
    mutating func stop() -> Action {
        switch state {
        case .starting, .healthy:
            state = .stopping
            return .terminate
        case .waiting:
            state = .ended(.code(0))
            return .over
        case .stopping, .ended, .failed: return .nothing
        }
    }

    /// Whether there is a process.
    var isRunning: Bool {
        switch state {
        case .starting, .healthy, .stopping: true
        case .waiting, .ended, .failed: false
        }
    }

    /// Whether nothing more will happen.
    var isOver: Bool {
        switch state {
        case .ended, .failed: true
        case .starting, .healthy, .waiting, .stopping: false
        }
    }

    /// Whether it was started and is not ready yet.
    var isStarting: Bool {
        if case .starting = state { return true }
        return false
    }

    /// Whether it is ready for requests.
    var isHealthy: Bool {
        if case .healthy = state { return true }
        return false
    }

    /// One word for the table.
    var word: String {
        switch state {
        case .starting: "starting"
        case .healthy: "healthy"
        case .waiting: "restarting"
        case .stopping: "stopping"
        case .ended: "stopped"
        case .failed: "failed"
        }
    }
}
