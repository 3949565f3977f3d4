import Synchronization

/// One thread's share of a run: its connections, its part of the schedule, its tally.
///
/// Everything happens on the thread that calls `run`; only `Progress` is seen from outside.
final class Worker {
    let plan: LoadPlan
    let window: Window
    let progress: Progress
    let connections: [Connection]
    var pace: Pace
    var poller: Poller
    var tally = Tally()
    var generator: SeededGenerator
    var requestIndex = 0
    var scratch = RequestScratch()
    var buffer = [UInt8](repeating: 0, count: LoadLimits.receiveBytes)
    /// Places without a socket; the last one is taken first, so that few stay warm.
    var free: [Int]
    /// Places with a connection that waits for something to do.
    var idle: [Int] = []
    var connectingCount = 0
    var inFlight = 0
    var answered = 0
    /// After a refused connection no other is tried before.
    var pauseUntil = 0
    private var nextTick = 0

    init(plan: LoadPlan, thread: Int, window: Window, progress: Progress) throws(LoadFailure) {
        self.plan = plan
        self.window = window
        self.progress = progress
        let count = plan.connections(for: thread)
        connections = (0..<count).map(Connection.init)
        free = Array((0..<count).reversed())
        pace = plan.pace(for: thread, in: window)
        poller = try Poller()
        generator = SeededGenerator(seed: plan.seed &+ UInt64(thread))
    }

    /// Sends until the pace is over and waits for what is under way; the time-out bounds that.
    func run() -> Tally {
        var now = MonotonicClock.now()
        replenish(at: now)
        while !(pace.isOver(at: now) && inFlight == 0) {
            if now >= nextTick { tick(at: now) }
            if case .open = plan.mode { dispatch(at: now) }
            let wake = min(nextTick, pace.wake(at: now) ?? nextTick)
            let count = poller.wait(nanoseconds: max(0, wake - now))
            for index in 0..<count { handle(poller.event(index)) }
            now = MonotonicClock.now()
        }
        if case .open(let pace) = pace {
            tally.failed(.unsent, count: pace.unsent)
        }
        for connection in connections where connection.phase != .closed { connection.close() }
        return tally
    }

    /// Whether a request with this start belongs to the measurement.
    func counts(_ start: Int) -> Bool { start >= window.measureStart }

    /// Open mode: sends what is due, and opens connections for what no free one is left for.
    private func dispatch(at now: Int) {
        while let slot = idle.last, let start = pace.take(at: now) {
            idle.removeLast()
            send(on: connections[slot], start: start, at: now)
        }
        let backlog = pace.backlog(at: now)
        guard backlog > 0 else { return }
        if counts(now) { tally.waiting(backlog) }
        replenish(at: now)
    }

    /// Rare work: ends requests that took too long, reconnects after a pause, hears Ctrl-C.
    private func tick(at now: Int) {
        nextTick = now + LoadLimits.tick
        if Interrupt.isRaised { pace.stop(at: now) }
        for connection in connections where connection.deadline <= now {
            switch connection.phase {
            case .connecting: fail(connection, .connect, start: now)
            case .waiting: fail(connection, .timeout, start: connection.start)
            case .closed, .idle: break
            }
        }
        if case .closed = plan.mode { replenish(at: now) }
    }
}

/// What a worker lets others see while it runs.
final class Progress: Sendable {
    /// Answers read so far, those of the warm-up included.
    let answered = Atomic<Int>(0)
    /// Set when the worker has returned.
    let isDone = Atomic<Bool>(false)
}
