public import Bytes
import CLinux
import Glibc
import Synchronization

/// One thread, one epoll set, one wheel of deadlines; everything registered with it stays on it.
///
/// It is a `TaskExecutor`: a task that prefers it runs on its thread, between events. Methods
/// without a word about it may be called on the loop's own thread only, and check that.
@usableFromInline
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

    /// What belongs to the loop's thread.
    private let own: Confined<Own>
    /// The loop's thread, once it runs. Others compare it with their own.
    private let owner = Atomic<UInt>(0)

    private struct Own: ~Copyable {
        var poller: Poller
        var wheel: TimerWheel<Alarm>
        var ready: [Work] = []
        var spare: [Work] = []
        var beforeWait: [() -> Void] = []
        var random = LoopRandom()
        var turns = 0

        /// What is ready now; what becomes ready meanwhile is kept apart.
        mutating func takeReady() -> [Work] {
            var taken: [Work] = []
            swap(&taken, &ready)
            swap(&ready, &spare)
            return taken
        }

        /// Uses the room of a list again.
        mutating func keepRoom(_ done: consuming [Work]) {
            done.removeAll(keepingCapacity: true)
            spare = done
        }
    }

    @usableFromInline let time = Confined(LoopTime())

    /// Monotonic milliseconds, read once a turn.
    @inlinable package var nowMilliseconds: Int64 { time.value.nowMilliseconds }
    /// Wall-clock milliseconds since 1970, read once a turn.
    @inlinable package var wallMilliseconds: Int64 { time.value.wallMilliseconds }
    /// Turns taken: for the figures of a process.
    package var turns: Int { own.value.turns }

    package init(name: String) throws(SystemError) {
        let wheel = TimerWheel<Alarm>(now: time.value.nowMilliseconds)
        own = Confined(Own(poller: try Poller(), wheel: wheel))
        wakeDescriptor = eventfd(0, Int32(forum_eventfd_flags))
        guard wakeDescriptor >= 0 else { throw .last("eventfd") }
        try start(name)
    }

    deinit { _ = close(wakeDescriptor) }

    // MARK: From any thread

    /// Runs `call` on the loop soon, after what was handed over before it.
    package func execute(_ call: @escaping @Sendable () -> Void) { hand(.call(call)) }

    @usableFromInline package func enqueue(_ job: consuming ExecutorJob) {
        hand(.job(UnownedJob(job)))
    }

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
    package func nextRandom() -> UInt64 { own.value.random.next() }

    /// Gives a handler its place and token.
    package func add(_ handler: any LoopHandler) -> Token {
        preconditionOnLoop()
        return own.value.poller.add(handler)
    }

    /// Watches a connection's descriptor, edge-triggered.
    package func watch(_ descriptor: Int32, for token: Token) throws(SystemError) {
        try own.value.poller.watch(descriptor, for: token)
    }

    /// Watches a listener's descriptor, level-triggered.
    package func watchListener(_ descriptor: Int32, for token: Token) throws(SystemError) {
        try own.value.poller.watchListener(descriptor, for: token)
    }

    /// Stops watching a descriptor that stays open.
    package func unwatch(_ descriptor: Int32) { own.value.poller.unwatch(descriptor) }

    /// Ends a handler's tenancy. The loop keeps no reference to it after.
    package func remove(_ token: Token) {
        preconditionOnLoop()
        own.value.poller.remove(token)
    }

    /// The handler a token means, if it is still here.
    package func find(_ token: Token) -> (any LoopHandler)? {
        preconditionOnLoop()
        return own.value.poller.find(token)
    }

    /// Calls the handler's `deadlineReached` once `deadline` (loop milliseconds) has passed.
    package func arm(_ token: Token, at deadline: Int64) {
        preconditionOnLoop()
        own.value.wheel.arm(.handler(token), at: deadline)
    }

    /// Runs `call` on the loop once, not before `milliseconds` from now.
    package func schedule(
        afterMilliseconds milliseconds: Int64, _ call: @escaping @Sendable () -> Void
    ) {
        preconditionOnLoop()
        own.value.wheel.arm(.call(call), at: nowMilliseconds + milliseconds)
    }

    /// Runs `call` before each wait, for as long as the loop lives: the place to flush what a turn
    /// gathered.
    package func beforeEachWait(_ call: @escaping () -> Void) {
        preconditionOnLoop()
        own.value.beforeWait.append(call)
    }

    // MARK: The turn

    private func start(_ name: String) throws(SystemError) {
        let token = own.value.poller.add(WakeHandler())
        try own.value.poller.watch(wakeDescriptor, for: token)
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
        // The system gives the identity of a thread that has ended to one that begins.
        owner.store(0, ordering: .relaxed)
        // What is still armed or waiting is dropped with the loop; its owner was asked to stop
        // first.
    }

    /// Wait, tell, run what was handed over, tell deadlines. False once stopping and out of work.
    private func turn() -> Bool {
        for call in own.value.beforeWait { call() }
        let events = own.value.poller.wait(timeoutMilliseconds: timeout())
        own.value.turns &+= 1
        time.value = LoopTime()
        for index in 0..<events {
            let (token, readiness) = own.value.poller.event(index)
            own.value.poller.find(token)?.ready(readiness)
        }
        let isStopping = takeInbox()
        runReady()
        tellDeadlines()
        return !(isStopping && own.value.ready.isEmpty)
    }

    private func timeout() -> Int32 {
        if !own.value.ready.isEmpty { return 0 }
        let milliseconds = own.value.wheel.millisecondsToNext(now: nowMilliseconds)
        return milliseconds.map { Int32(clamping: $0 + 1) } ?? -1
    }

    private func takeInbox() -> Bool {
        inbox.withLock { inbox in
            if !inbox.work.isEmpty {
                own.value.ready.append(contentsOf: inbox.work)
                inbox.work.removeAll(keepingCapacity: true)
            }
            return inbox.isStopping
        }
    }

    /// Runs what is ready now; what that makes ready waits for the next turn, so events are never
    /// starved.
    private func runReady() {
        guard !own.value.ready.isEmpty else { return }
        let taken = own.value.takeReady()
        for work in taken {
            switch work {
            case .job(let job): unsafe job.runSynchronously(on: asUnownedTaskExecutor())
            case .call(let call): call()
            }
        }
        own.value.keepRoom(taken)
    }

    private func tellDeadlines() {
        for alarm in own.value.wheel.advance(to: nowMilliseconds) {
            switch alarm {
            case .call(let call): call()
            case .handler(let token):
                guard let handler = own.value.poller.find(token) else { continue }
                if let next = handler.deadlineReached(now: nowMilliseconds) {
                    own.value.wheel.arm(alarm, at: next)
                }
            }
        }
    }

    private func hand(_ work: Work) {
        if isCurrent { return own.value.ready.append(work) }
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
