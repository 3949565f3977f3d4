import Bytes
import Glibc
import Identity
import Launch
import Reactor

/// `forum up`: the whole system on this machine, from its first process to its last.
struct UpCommand {
    private let options: UpOptions
    private let console: Console

    init(_ options: UpOptions, _ console: Console) {
        self.options = options
        self.console = console
    }

    /// Returns the exit code, once everything has ended.
    func run() async -> Int32 {
        let ignoresHangUp = HangUp.isIgnored
        let signals = Signals()
        do {
            let folder = try DataFolder(creating: options.data)
            // Held until the end of the call.
            let lock = try DataLock(folder)
            _ = try SecretFile(folder.secretFile).readOrCreate()
            let plan = try await plan(folder)
            RunFile.remove(folder)
            try checkPrograms(plan)
            try RegistryReset.run(folder)
            if let admin = plan.admin {
                let text = GatewayFile.text(entry: plan.entry, admin: admin)
                try DataFolder.write(ByteString(text), to: folder.gatewayFile, mode: 0o600)
            }
            let code = try await supervise(plan, folder, signals, ignoresHangUp)
            RunFile.remove(folder)
            lock.release()
            return code
        } catch {
            console.complain("forum up: \(error)")
            return 1
        }
    }

    private func plan(_ folder: DataFolder) async throws -> StackPlan {
        let ports = try await ports(folder)
        return options.isMonolith
            ? .monolith(options, folder, entry: ports.entry)
            : .split(options, folder, entry: ports.entry, admin: ports.admin)
    }

    /// After a forum that was killed, its processes are still ending: their ports come free soon.
    private func ports(
        _ folder: DataFolder
    ) async throws -> (entry: SocketAddress, admin: SocketAddress) {
        var triesLeft = RunFile.read(folder) == nil ? 0 : RestartLimits.portTriesMax
        while true {
            do throws(Ports.Taken) {
                return try Ports.choose(options)
            } catch {
                if triesLeft == 0 { throw error }
            }
            triesLeft -= 1
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    private func checkPrograms(_ plan: StackPlan) throws(SpawnError) {
        for process in plan.processes where unsafe access(process.executable, X_OK) != 0 {
            throw SpawnError(
                description: "cannot start \(process.executable): \(lastReason()); "
                    + "build it with `swift build -c release` or say where it is with --bin DIR")
        }
    }

    private func supervise(
        _ plan: StackPlan, _ folder: DataFolder, _ signals: Signals, _ ignoresHangUp: Bool
    ) async throws -> Int32 {
        let environment = ChildEnvironment(
            ChildEnvironment.own(), secretFile: folder.secretFile)
        let stack = try await RunningStack(plan, folder, environment, console)
        defer { stack.close() }
        let interrupting = Task {
            for await signal in signals.received {
                if signal.endsProcess || !ignoresHangUp { stack.interrupt() }
            }
        }
        defer { interrupting.cancel() }
        for await event in stack.events {
            switch event {
            case .healthy(let milliseconds, let rows):
                let run = try report(milliseconds, rows, plan, folder)
                if options.isSeeded { await seed(run, folder) }
                console.say("  try: curl \(run.url)/api/threads")
            case .over(let code): return code
            }
        }
        preconditionFailure("a stack says how it ended")
    }

    private func report(
        _ milliseconds: Int64, _ rows: [ProcessRow], _ plan: StackPlan, _ folder: DataFolder
    ) throws(DataFolderError) -> RunFile {
        let url = "http://\(plan.entry.reachable)"
        let run = RunFile(url: url, admin: plan.admin.map { "http://\($0)" }, pid: Int(getpid()))
        try run.write(folder)
        console.say("")
        for line in ProcessRow.table(rows, plan).lines { console.say("  \(line)") }
        console.say("")
        console.say("  healthy after \(milliseconds) ms; data in \(folder.path); Ctrl-C ends it")
        return run
    }

    /// What goes wrong here is said and harms nothing else.
    private func seed(_ run: RunFile, _ folder: DataFolder) async {
        do {
            let secret = ChildEnvironment.own()["FORUM_ADMIN_SECRET"] ?? ""
            let target = try ForumTarget(run, folder, secretText: secret)
            _ = await SeedCommand(target, console).run()
        } catch {
            console.complain("seed: \(error)")
        }
    }
}
