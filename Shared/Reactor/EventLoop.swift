import CLinux
import Glibc
import Synchronization

/// One thread, one epoll set, one wheel of deadlines; everything registered with it stays on it.
///
/// It is a `TaskExecutor`: a task that prefers it runs on its thread, between events. Methods
/// without a word about it may be called on the loop's own thread only, and check that.
package final class EventLoop: TaskExecutor, @unchecked Sendable {
    private enum Work {
        case job(UnownedJob)
        case call(@Sendable () -> Void)
    }

    private enum Alarm {
        case handler(Token)
        case call(@Sendable () -> Void)
    }

    /// Work handed over by other threads: the only state they touch.
    private let inbox = Mutex<(work: [Work], isStopping: Bool)>(([], false))
    private let wakeDescriptor: Int32
    private let thread = Mutex<pthread_t?>(nil)

    // What follows belongs to the loop's thread.
    private var poller: Poller
    private var wheel: TimerWheel<Alarm>
    private var ready: [Work] = []
    private var readyNext: [Work] = []
    private var beforeWait: [() -> Void] = []
    /// The loop's thread, once it runs. Others compare it with their own.
    private let owner = Atomic<UInt>(0)

    /// Monotonic milliseconds, read once a turn.
    package private(set) var nowMilliseconds: Int64
    /// Wall-clock milliseconds since 1970, read once a turn.
    package private(set) var wallMilliseconds: Int64
    private var random: LoopRandom
    /// Turns taken, events told and wake-ups received: for the figures of a process.
    package private(set) var turns = 0

    package init(name: String) throws(SystemError) {
        poller = try Poller()
        wakeDescriptor = eventfd(0, Int32(forum_eventfd_flags))
        guard wakeDescriptor >= 0 else { throw .last("eventfd") }
        nowMilliseconds = LoopClock.monotonicMilliseconds()
        wallMilliseconds = LoopClock.wallMilliseconds()
        wheel = TimerWheel(now: nowMilliseconds)
        random = LoopRandom()
        try start(name)
    }

    deinit { _ = close(wakeDescriptor) }

    // MARK: From any thread

    /// Runs `call` on the loop soon, after what was handed over before it.
    package func execute(_ call: @escaping @Sendable () -> Void) { hand(.call(call)) }

    package func enqueue(_ job: consuming ExecutorJob) { hand(.job(UnownedJob(job))) }

    /// Whether the caller runs on this loop's thread.
    package var isCurrent: Bool {
        owner.load(ordering: .relaxed) == UInt(pthread_self())
    }

    /// Lets the loop end after the work it already has, and waits for its thread.
    package func stop() {
        precondition(!isCurrent, "a loop is stopped from outside")
        inbox.withLock { $0.isStopping = true }
        wake()
        let running = thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        if let running { pthread_join(running, nil) }
    }

    // MARK: On the loop

    @inline(__always)
    package func preconditionOnLoop() {
        precondition(isCurrent, "what belongs to a loop is touched on its thread only")
    }

    /// A random number for identifiers, never for secrets.
    package func nextRandom() -> UInt64 { random.next() }

    /// Gives a handler its place and token.
    package func add(_ handler: any LoopHandler) -> Token {
        preconditionOnLoop()
        return poller.add(handler)
    }

    /// Watches a connection's descriptor, edge-triggered.
    package func watch(_ descriptor: Int32, for token: Token) throws(SystemError) {
        try poller.watch(descriptor, for: token)
    }

    /// Watches a listener's descriptor, level-triggered.
    package func watchListener(_ descriptor: Int32, for token: Token) throws(SystemError) {
        try poller.watchListener(descriptor, for: token)
    }

    /// Stops watching a descriptor that stays open.
    package func unwatch(_ descriptor: Int32) { poller.unwatch(descriptor) }

    /// Ends a handler's tenancy. The loop keeps no reference to it after.
    package func remove(_ token: Token) {
        preconditionOnLoop()
        poller.remove(token)
    }

    /// The handler a token means, if it is still here.
    package func find(_ token: Token) -> (any LoopHandler)? {
        preconditionOnLoop()
        return poller.find(token)
    }

    /// Calls the handler's `deadlineReached` once `deadline` (loop milliseconds) has passed.
    package func arm(_ token: Token, at deadline: Int64) {
        preconditionOnLoop()
        wheel.arm(.handler(token), at: deadline)
    }

    /// Runs `call` on the loop once, not before `milliseconds` from now.
    package func schedule(
        afterMilliseconds milliseconds: Int64, _ call: @escaping @Sendable () -> Void
    ) {
        preconditionOnLoop()
        wheel.arm(.call(call), at: nowMilliseconds + milliseconds)
    }

    /// Runs `call` before each wait, for as long as the loop lives: the place to flush what a turn
    /// gathered.
    package func beforeEachWait(_ call: @escaping () -> Void) {
        preconditionOnLoop()
        beforeWait.append(call)
    }

    // MARK: The turn

    private func start(_ name: String) throws(SystemError) {
        let token = poller.add(WakeHandler())
        try poller.watch(wakeDescriptor, for: token)
        var started = pthread_t()
        let box = unsafe Unmanaged.passRetained(self).toOpaque()
        let result = unsafe pthread_create(
            &started, nil,
            { box in
                guard let box = unsafe box else { return nil }
                let loop = unsafe Unmanaged<EventLoop>.fromOpaque(box).takeRetainedValue()
                loop.run()
                return nil
            }, box)
        guard result == 0 else {
            unsafe Unmanaged<EventLoop>.fromOpaque(box).release()
            throw SystemError(call: "pthread_create", subject: name, code: result)
        }
        let handle = started
        thread.withLock { $0 = handle }
        _ = unsafe pthread_setname_np(started, String(name.prefix(15)))
    }

    private func run() {
        owner.store(UInt(pthread_self()), ordering: .relaxed)
        while turn() {}
        // What is still armed or waiting is dropped with the loop; its owner was asked to stop
        // first.
    }

    /// Wait, tell, run what was handed over, tell deadlines. False once stopping and out of work.
    private func turn() -> Bool {
        for call in beforeWait { call() }
        let events = poller.wait(timeoutMilliseconds: timeout())
        turns &+= 1
        nowMilliseconds = LoopClock.monotonicMilliseconds()
        wallMilliseconds = LoopClock.wallMilliseconds()
        for index in 0..<events {
            let (token, readiness) = poller.event(index)
            poller.find(token)?.ready(readiness)
        }
        let isStopping = takeInbox()
        runReady()
        tellDeadlines()
        return !(isStopping && ready.isEmpty)
    }

    private func timeout() -> Int32 {
        if !ready.isEmpty { return 0 }
        guard let milliseconds = wheel.millisecondsToNext(now: nowMilliseconds) else { return -1 }
        return Int32(clamping: milliseconds + 1)
    }

    private func takeInbox() -> Bool {
        inbox.withLock { inbox in
            if !inbox.work.isEmpty {
                ready.append(contentsOf: inbox.work)
                inbox.work.removeAll(keepingCapacity: true)
            }
            return inbox.isStopping
        }
    }

    /// Runs what is ready now; what that makes ready waits for the next turn, so events are never
    /// starved.
    private func runReady() {
        guard !ready.isEmpty else { return }
        swap(&ready, &readyNext)
        for work in readyNext {
            switch work {
            case .job(let job): unsafe job.runSynchronously(on: asUnownedTaskExecutor())
            case .call(let call): call()
            }
        }
        readyNext.removeAll(keepingCapacity: true)
    }

    private func tellDeadlines() {
        for alarm in wheel.advance(to: nowMilliseconds) {
            switch alarm {
            case .call(let call): call()
            case .handler(let token):
                guard let handler = poller.find(token) else { continue }
                if let next = handler.deadlineReached(now: nowMilliseconds) {
                    wheel.arm(alarm, at: next)
                }
            }
        }
    }

    private func hand(_ work: Work) {
        if isCurrent { return ready.append(work) }
        let wasEmpty = inbox.withLock { inbox in
            inbox.work.append(work)
            return inbox.work.count == 1
        }
        if wasEmpty { wake() }
    }

    private func wake() {
        var one: UInt64 = 1
        _ = unsafe write(wakeDescriptor, &one, MemoryLayout<UInt64>.size)
    }
}

/// Edge-triggered, the wake descriptor is never read: each write tells once.
private final class WakeHandler: LoopHandler {
    func ready(_ readiness: Readiness) {}
    func deadlineReached(now: Int64) -> Int64? { nil }
}
