import Glibc
import Reactor

/// One process of the stack while it is supervised: its plan, its life, and the process that runs
/// now. Confined to the supervisor's loop.
final class Child {
    let plan: ProcessPlan
    let prefix: LogPrefix
    var life = ChildLife()
    /// Where it answers; nil until that is known.
    var address: SocketAddress?
    /// Whether a probe is on its way.
    var isProbed = false
    /// The last thing it said: when it ends by itself, usually why.
    private(set) var lastLine = ""
    private var process: ChildProcess?
    private var lines = LineSplitter()
    private var tokens: [Token] = []
    private let console: Console

    init(_ plan: ProcessPlan, _ prefix: LogPrefix, _ console: Console) {
        self.plan = plan
        self.prefix = prefix
        self.console = console
        if case .fixed(let address) = plan.site { self.address = address.reachable }
    }

    /// The process that runs now; nil if none does.
    var pid: pid_t? { process?.pid }

    /// Starts the process; `ended` is called on the loop when it has ended, once.
    func start(
        _ environment: [String], on loop: EventLoop, ended: @escaping (ChildExit) -> Void
    ) throws {
        lastLine = ""
        isProbed = false
        if case .registered = plan.site { address = nil }
        let started = try ChildProcess(plan.executable, environment: environment)
        let output = started.output
        let end = started.end
        process = consume started
        try watch(output, on: loop) { [unowned self] in drain() }
        try watch(end, on: loop) { [unowned self] in
            guard let exit = process?.reap() else { return }
            drain()
            lines.end(say)
            forget(on: loop)
            ended(exit)
        }
    }

    /// Sends a signal to its process group, if it runs.
    func send(_ signal: Int32) { process?.send(signal) }

    private func watch(
        _ descriptor: Int32, on loop: EventLoop, _ call: @escaping () -> Void
    ) throws {
        let token = loop.add(DescriptorWatch(call))
        tokens.append(token)
        try loop.watch(descriptor, for: token)
    }

    private func forget(on loop: EventLoop) {
        for token in tokens { loop.remove(token) }
        tokens = []
        process = nil
    }

    /// Says what the process has written until now.
    private func drain() {
        guard let descriptor = process?.output else { return }
        unsafe withUnsafeTemporaryAllocation(byteCount: 16 << 10, alignment: 16) { room in
            while true {
                let count = unsafe read(descriptor, room.baseAddress, room.count)
                guard count > 0 else { return }
                unsafe lines.split(UnsafeRawBufferPointer(rebasing: room[..<count]), say)
            }
        }
    }

    private func say(_ line: String) {
        lastLine = line
        console.say(prefix.text + line)
    }
}

/// Calls when a descriptor has something to tell.
private final class DescriptorWatch: LoopHandler {
    private let call: () -> Void

    init(_ call: @escaping () -> Void) { self.call = call }

    func ready(_ readiness: Readiness) { call() }
    func deadlineReached(now: Int64) -> Int64? { nil }
}

extension SocketAddress {
    /// Where this machine reaches what listens here.
    var reachable: SocketAddress { address == 0 ? .loopback(port) : self }
}
