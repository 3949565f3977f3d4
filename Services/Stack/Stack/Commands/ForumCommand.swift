import Glibc
import Launch

/// The `forum` command: finds the command that is meant and runs it.
package enum ForumCommand {
    /// Runs `words`, the command line without the program's name, and ends the process.
    package static func run(_ words: [String]) async -> Never {
        do throws(UsageError) {
            exit(try await dispatch(words))
        } catch {
            Exit.refuse(error)
        }
    }

    private static func dispatch(_ words: [String]) async throws(UsageError) -> Int32 {
        let rest = Array(words.dropFirst())
        switch words.first {
        case "up": return try await up(rest)
        case "seed": return try await seed(rest)
        case "import": return try await `import`(rest)
        case "registry": return try registry(rest)
        case "help": return try help(rest)
        case "--help", "-h": Exit.succeed(overview)
        case "version", "--version": Exit.succeed("forum \(Version.text)\n")
        case nil:
            Exit.print(overview, to: STDERR_FILENO)
            return Exit.usage
        case .some(let word):
            let names = commands.map { String($0.name.dropFirst("forum ".count)) }
            let known = names.joined(separator: ", ")
            throw UsageError(command: "forum", reason: "unknown command '\(word)': \(known)")
        }
    }

    private static let commands = [
        UpOptions.command, SeedCommand.command, ImportCommand.command, RegistryCommand.command,
    ]

    private static var overview: String {
        var table = TextTable(["", ""])
        for command in commands { table.add(["  \(command.name)", command.summary]) }
        return """
            A forum in three services behind a gateway, or in one process.

            Usage: forum COMMAND [options]

            Commands:
            \(table.lines.dropFirst().joined(separator: "\n"))

            forum COMMAND --help explains each of them; forum --version tells the version.

            """
    }

    private static func help(_ words: [String]) throws(UsageError) -> Int32 {
        guard let word = words.first else { Exit.succeed(overview) }
        guard let command = commands.first(where: { $0.name == "forum \(word)" }) else {
            throw UsageError(command: "forum", reason: "unknown command '\(word)'")
        }
        Exit.succeed(command.help)
    }

    private static func arguments(
        _ words: [String], _ command: Command
    ) throws(UsageError) -> Arguments {
        let arguments = try Arguments(words, of: command)
        if arguments.wantsHelp { Exit.succeed(command.help) }
        return arguments
    }

    private static func up(_ words: [String]) async throws(UsageError) -> Int32 {
        let arguments = try arguments(words, UpOptions.command)
        var environment = Environment.current()
        let options = try UpOptions(arguments, &environment)
        refuseFaults(environment, UpOptions.command)
        return await UpCommand(options, Console()).run()
    }

    private static func seed(_ words: [String]) async throws(UsageError) -> Int32 {
        let arguments = try arguments(words, SeedCommand.command)
        let target = target(arguments, SeedCommand.command)
        return await SeedCommand(target, Console()).run()
    }

    private static func `import`(_ words: [String]) async throws(UsageError) -> Int32 {
        let arguments = try arguments(words, ImportCommand.command)
        let target = target(arguments, ImportCommand.command)
        return await ImportCommand(path: arguments.operands[0], target, Console()).run()
    }

    private static func registry(_ words: [String]) throws(UsageError) -> Int32 {
        let arguments = try arguments(words, RegistryCommand.command)
        var environment = Environment.current()
        let data = environment.read(Settings.data, default: UpOptions().data)
        refuseFaults(environment, RegistryCommand.command)
        let folder = arguments.text("--data") ?? data
        let path = arguments.operands.first ?? "\(folder)/\(DataFolder.registryName)"
        return RegistryCommand(path: path, isJSON: arguments.has("--json"), Console()).run()
    }

    /// The forum that is meant. Without one the command ends here.
    private static func target(_ arguments: Arguments, _ command: Command) -> ForumTarget {
        var environment = Environment.current()
        let data = environment.read(Settings.data, default: UpOptions().data)
        let secret = environment.read(Settings.adminSecret, default: "")
        refuseFaults(environment, command)
        do {
            return try ForumTarget(
                to: arguments.text("--to"), data: arguments.text("--data") ?? data,
                secretText: secret)
        } catch {
            Exit.fail("\(command.name): \(error)")
        }
    }

    /// A setting that nobody reads or understands ends the command before anything is started.
    private static func refuseFaults(_ environment: Environment, _ command: Command) {
        guard let last = environment.faults.last else { return }
        for fault in environment.faults.dropLast() {
            Exit.print("\(command.name): \(fault)", to: STDERR_FILENO)
        }
        Exit.fail("\(command.name): \(last)")
    }
}
