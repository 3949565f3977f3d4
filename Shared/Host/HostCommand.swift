import Glibc
import Launch
import Reactor

/// The command line of a service process: serve, or ask a running one whether it is ready.
enum HostCommand {
    /// The settings to serve with. Everything else ends the process here: help, the version, a
    /// health check, a mistake.
    static func settings(_ name: String, port: Int) -> HostSettings {
        var environment = Environment.current()
        let settings = HostSettings(&environment, name: name, port: port)
        let command = command(name, environment)
        do throws(UsageError) {
            let arguments = try Arguments(Array(CommandLine.arguments.dropFirst()), of: command)
            if arguments.wantsHelp { Exit.succeed(command.help) }
            if arguments.has("--version") { Exit.succeed("\(name) \(Version.text)\n") }
            refuseFaults(environment, name)
            switch arguments.operands.first {
            case nil: return settings
            case "health": checkHealth(settings, name)
            case .some(let word): throw arguments.refuse("unknown command '\(word)'")
            }
        } catch {
            Exit.refuse(error)
        }
    }

    private static func command(_ name: String, _ environment: Environment) -> Command {
        let width = environment.lines.map(\.name.count).max() ?? 0
        let lines = environment.lines.map { line in
            let padding = String(repeating: " ", count: width - line.name.count + 3)
            let value = line.value.isEmpty ? "" : " [\(line.value)]"
            return "  \(line.name)\(padding)\(line.help)\(value)"
        }
        return Command(
            name, "Serves the \(name) of the forum.", operands: "[health]", operandCount: 0...1,
            options: [Command.Option("--version", nil, "the version")],
            details:
                "  health   asks the running process whether it is ready: exit code 0 if so\n\n"
                + "Settings, from the environment [value in force]:\n"
                + lines.joined(separator: "\n"))
    }

    private static func refuseFaults(_ environment: Environment, _ name: String) {
        guard !environment.faults.isEmpty else { return }
        for fault in environment.faults.dropLast() {
            Exit.print("\(name): \(fault)", to: STDERR_FILENO)
        }
        Exit.fail("\(name): \(environment.faults[environment.faults.count - 1])")
    }

    private static func checkHealth(_ settings: HostSettings, _ name: String) -> Never {
        let port = UInt16(settings.port)
        if ReadinessProbe.isReady(.loopback(port)) { exit(0) }
        Exit.fail("\(name): not ready on port \(port)")
    }
}
