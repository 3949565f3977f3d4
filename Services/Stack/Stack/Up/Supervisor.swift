import Discovery
import Glibc
import Reactor

/// Runs the processes of a stack: starts them, tells when all are healthy, starts again what
/// crashes, and ends them in an order in which no request fails. Confined to its loop.
final class Supervisor {
    /// What happens to the stack as a whole.
    enum Event: Equatable, Sendable {
        /// Every process and every route answers; once.
        case healthy(afterMilliseconds: Int64, [ProcessRow])
        /// Every process has ended: the exit code for this one.
        case over(Int32)
    }

    private enum Phase { case starting, running, stopping, over }

    private let loop: EventLoop
    private let plan: StackPlan
    private let environment: ChildEnvironment
    private let console: Console
    private let own: LogPrefix
    private let tell: (Event) -> Void
    let children: [Child]
    private var phase = Phase.starting
    private let startedAt: Int64
    private var hasFailed = false
    private var wasInterrupted = false
    private var isTicking = false
    private let readiness: StackReadiness

    init(
        _ plan: StackPlan, _ folder: DataFolder, _ environment: ChildEnvironment,
        _ console: Console, on loop: EventLoop, tell: @escaping (Event) -> Void
    ) {
        self.loop = loop
        self.plan = plan
        self.environment = environment
        self.console = console
        self.tell = tell
        startedAt = loop.nowMilliseconds
        let width = plan.processes.map(\.name.count).max() ?? 0
        let name = { (name: String, index: Int) in
            LogPrefix(name, width: width, index: index, isColourful: console.isColourful)
        }
        own = name("forum", plan.processes.count)
        children = plan.processes.enumerated().map { index, process in
            Child(process, name(process.name, index), console)
        }
        readiness = StackReadiness(plan, RegistryFile(folder.registryFile), on: loop)
    }

    /// Starts every process.
    func start() {
        for child in children { startNow(child) }
        tick()
    }

    /// Ends the stack in order; asked again, at once.
    func interrupt() {
        if phase == .stopping {
            wasInterrupted = true
            say("ending at once")
            for child in children { child.send(SIGKILL) }
            return
        }
        say("stopping; Ctrl-C again ends everything at once")
        stop()
    }

    // MARK: Processes

    private func spawn(_ child: Child) {
        do {
            let variables = environment.variables(child.plan.settings)
            try child.start(variables, on: loop) { [unowned self] in ended(child, $0) }
        } catch {
            complain("\(error)")
            ended(child, .code(ChildExit.notStarted))
        }
    }

    private func ended(_ child: Child, _ exit: ChildExit) {
        let wasStopping = child.life.state == .stopping
        let action = child.life.exited(exit, now: loop.nowMilliseconds)
        if wasStopping, !exit.isClean, !wasInterrupted {
            hasFailed = true
            complain("\(child.plan.name) did not end well: \(exit)")
        }
        if case .wait(let milliseconds) = action {
            let name = child.plan.name
            complain("\(name) ended: \(exit); starting it again in \(milliseconds) ms")
            later(milliseconds) { $0.startAgain(name) }
        } else if case .failed = child.life.state {
            giveUp(child, exit)
        } else if !wasStopping {
            say("\(child.plan.name) was told to end, and stays ended")
            if child.plan.isEntry { stop() }
        }
        stepOfEnd()
    }

    private func startAgain(_ name: String) {
        guard let child = children.first(where: { $0.plan.name == name }) else { return }
        startNow(child)
        tick()
    }

    private func startNow(_ child: Child) {
        if child.life.waitIsOver(now: loop.nowMilliseconds) == .spawn { spawn(child) }
    }

    /// Without its entry, or when it never was whole, a stack is of no use.
    private func giveUp(_ child: Child, _ exit: ChildExit) {
        hasFailed = true
        let name = child.plan.name
        if child.life.wasReady {
            complain("\(name) ended too often (\(exit)): giving up on it")
        } else {
            let reason = child.lastLine.isEmpty ? "" : ": \(child.lastLine)"
            complain("\(name) could not start (\(exit))\(reason)")
        }
        if phase == .starting || child.plan.isEntry { stop() }
    }

    // MARK: Readiness

    /// Asks again and again, soon at first, while something is not ready.
    private func tick() {
        guard !isTicking else { return }
        isTicking = true
        look()
    }

    private func look() {
        let now = loop.nowMilliseconds
        let waiting = children.filter { $0.life.isStarting }
        readiness.learnAddresses(of: waiting)
        for child in waiting { readiness.probe(child) { [unowned self] in isReady(child) } }
        if phase == .starting {
            checkStart(waiting, now)
            if waiting.isEmpty { readiness.probeRoutes { [unowned self] in becameHealthy() } }
        }
        guard phase == .starting || !waiting.isEmpty else {
            isTicking = false
            return
        }
        later(now - startedAt < 2_000 ? 4 : 50) { $0.look() }
    }

    private func isReady(_ child: Child) {
        let isBack = child.life.wasReady
        child.life.becameReady(now: loop.nowMilliseconds)
        if isBack, child.life.isHealthy, let pid = child.pid {
            say("\(child.plan.name) is healthy again (pid \(pid))")
        }
    }

    private func becameHealthy() {
        guard phase == .starting else { return }
        phase = .running
        tell(.healthy(afterMilliseconds: loop.nowMilliseconds - startedAt, rows))
    }

    private var rows: [ProcessRow] {
        children.map { child in
            ProcessRow(
                name: child.plan.name, address: child.address, pid: child.pid,
                state: child.life.word)
        }
    }

    private func checkStart(_ waiting: [Child], _ now: Int64) {
        guard now - startedAt > RestartLimits.startMillisecondsMax else { return }
        let seconds = RestartLimits.startMillisecondsMax / 1000
        let names = waiting.map(\.plan.name).joined(separator: ", ")
        let who = names.isEmpty ? readiness.missingRoutes : names
        complain("not ready after \(seconds) s: \(who)")
        hasFailed = true
        stop()
    }

    // MARK: The end

    /// The entry ends first, while what it asks still answers; then all others together.
    private func stop() {
        guard phase != .stopping, phase != .over else { return }
        phase = .stopping
        end(children.filter(\.plan.isEntry))
        stepOfEnd()
    }

    private func stepOfEnd() {
        guard phase == .stopping else { return }
        let entryIsOver = children.allSatisfy { !$0.plan.isEntry || $0.life.isOver }
        if entryIsOver { end(children) }
        guard children.allSatisfy(\.life.isOver) else { return }
        phase = .over
        tell(.over(wasInterrupted ? ChildExit.interrupted : hasFailed ? 1 : 0))
    }

    private func end(_ ending: [Child]) {
        for child in ending where child.life.stop() == .terminate {
            child.send(SIGTERM)
            let pid = child.pid
            let name = child.plan.name
            let late = environment.endMilliseconds + RestartLimits.lateMilliseconds
            later(late) { $0.killLate(name, pid) }
        }
    }

    private func killLate(_ name: String, _ pid: pid_t?) {
        guard let child = children.first(where: { $0.plan.name == name }), child.pid == pid,
            child.life.state == .stopping
        else { return }
        complain("\(name) did not end in time: killing it")
        child.send(SIGKILL)
    }

    // MARK: Means

    private func later(_ milliseconds: Int64, _ call: @escaping @Sendable (Supervisor) -> Void) {
        let bound = LoopBound(self, on: loop)
        loop.schedule(afterMilliseconds: milliseconds) { call(bound.here) }
    }

    private func say(_ line: String) { console.say(own.text + line) }
    private func complain(_ line: String) { console.complain(own.text + line) }
}
