import Reactor

/// A stack on a loop of its own, as the command that started it sees it.
final class RunningStack: Sendable {
    /// What happens to it, in order; ends after `over`.
    let events: AsyncStream<Supervisor.Event>
    private let loop: EventLoop
    private let supervisor: LoopBound<Supervisor>

    /// Starts the processes of `plan`.
    init(
        _ plan: StackPlan, _ folder: DataFolder, _ environment: ChildEnvironment,
        _ console: Console
    ) async throws(SystemError) {
        let loop = try EventLoop(name: "supervisor")
        let (stream, continuation) = AsyncStream<Supervisor.Event>.makeStream()
        events = stream
        self.loop = loop
        supervisor = await withCheckedContinuation { done in
            loop.execute {
                let supervisor = Supervisor(plan, folder, environment, console, on: loop) {
                    continuation.yield($0)
                    if case .over = $0 { continuation.finish() }
                }
                supervisor.start()
                done.resume(returning: LoopBound(supervisor, on: loop))
            }
        }
    }

    /// Ends it in order; asked again, at once.
    func interrupt() { supervisor.execute { $0.interrupt() } }

    /// Ends the loop, after the stack is over.
    func close() { loop.stop() }
}
