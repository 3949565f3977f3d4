import Glibc
package import Launch

/// What the command line of the gateway asks for.
package enum GatewayCommand: Equatable, Sendable {
    /// Serve until told to stop; `file` overrides the setting.
    case serve(file: String?)
    /// Validate a configuration without starting.
    case check(file: String)
    /// Ask the running gateway whether it is ready.
    case health
    case help
    case version

    /// `words` without the name of the program.
    package init(_ words: [String], _ command: Command) throws(UsageError) {
        let arguments = try Arguments(words, of: command)
        let operands = arguments.operands
        if arguments.wantsHelp {
            self = .help
        } else if arguments.has("--version") {
            self = .version
        } else if operands.first == "check" {
            guard operands.count == 2 else { throw arguments.refuse("check needs one FILE") }
            self = .check(file: operands[1])
        } else if operands.count > 1 {
            throw arguments.refuse("'\(operands[1])' is one word too many")
        } else if operands.first == "health" {
            self = .health
        } else if let word = operands.first {
            throw arguments.refuse("unknown command '\(word)'")
        } else {
            self = .serve(file: arguments.text("--config"))
        }
    }

    /// The command as `--help` shows it, with the settings in force.
    package static func description(_ environment: Environment) -> Command {
        let width = environment.lines.map(\.name.count).max() ?? 0
        let lines = environment.lines.map { line in
            let padding = String(repeating: " ", count: width - line.name.count + 3)
            let value = line.value.isEmpty ? "" : " [\(line.value)]"
            return "  \(line.name)\(padding)\(line.help)\(value)"
        }
        return Command(
            "gateway", "Routes requests to the services of the forum, as an ALB would.",
            operands: "[check FILE | health]", operandCount: 0...2,
            options: [
                Command.Option("--config", "FILE", "the configuration, instead of the setting"),
                Command.Option("--version", nil, "the version"),
            ],
            details: """
                  check FILE   validates a configuration without starting: exit code 0 if it is good
                  health       asks the running gateway whether it is ready: exit code 0 if so

                SIGHUP reads the configuration again, as does a change of the file; a bad one is
                refused and the last good one stays. SIGTERM drains, a second one ends at once.

                Settings, from the environment [value in force]:

                """ + lines.joined(separator: "\n"))
    }
}
