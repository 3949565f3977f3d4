import Glibc
import Launch
import Reactor

/// The gateway as a process: from its command line to its end.
package enum GatewayProcess {
    /// Does what the command line asks; does not return. Whatever is wrong before the first request
    /// ends the process with clear lines on standard error and exit code 1.
    package static func run() async -> Never {
        var environment = Environment.current()
        var settings = GatewaySettings(&environment)
        let description = GatewayCommand.description(environment)
        do throws(UsageError) {
            let words = Array(CommandLine.arguments.dropFirst())
            switch try GatewayCommand(words, description) {
            case .help: Exit.succeed(description.help)
            case .version: Exit.succeed("gateway \(Version.text)\n")
            case .check(let file): check(ConfigurationFile(path: file))
            case .health:
                refuseFaults(environment)
                await askHealth(settings)
            case .serve(let file):
                refuseFaults(environment)
                settings.file = file ?? settings.file
                await serve(settings)
            }
        } catch {
            Exit.refuse(error)
        }
    }

    private static func serve(_ settings: GatewaySettings) async -> Never {
        let signals = Signals()
        Descriptors.raiseLimit()
        do {
            let life = try await GatewayLife(settings)
            await life.serve(until: signals)
        } catch {
            Exit.fail("gateway: \(error)")
        }
        exit(0)
    }

    private static func check(_ file: ConfigurationFile) -> Never {
        do throws(ConfigurationError) {
            let configuration = try file.load()
            let rules = configuration.listeners.reduce(0) { $0 + $1.rules.count }
            Exit.succeed(
                "\(file.path): good: \(configuration.listeners.count) listeners, \(rules) rules, "
                    + "\(configuration.targetGroups.count) target groups\n")
        } catch {
            Exit.fail("\(error)")
        }
    }

    private static func refuseFaults(_ environment: Environment) {
        guard !environment.faults.isEmpty else { return }
        Exit.fail(environment.faults.map { "gateway: \($0)" }.joined(separator: "\n"))
    }

    /// Asks the operator's port as a health check would.
    private static func askHealth(_ settings: GatewaySettings) async -> Never {
        do {
            let configuration = try ConfigurationFile(path: settings.file).load()
            guard let admin = configuration.admin,
                let address = SocketAddress(admin.reachable, port: admin.port)
            else { Exit.fail("gateway: there is no Admin port to ask") }
            var check = HealthCheckSettings()
            check.path = "/readyz"
            check.timeoutMilliseconds = healthTimeoutMilliseconds
            let probe = HealthChecker.socketProbe(on: try EventLoop(name: "health"))
            let target = Target(id: "gateway", address: address, loops: 1)
            if await probe(target, check) == .passed { exit(0) }
            Exit.fail("gateway: not ready on \(address)")
        } catch {
            Exit.fail("gateway: \(error)")
        }
    }

    /// Shorter than what a container's health check waits.
    private static let healthTimeoutMilliseconds = 1_500
}

extension GatewayConfiguration.Admin {
    /// Where this host reaches the port.
    fileprivate var reachable: String { address == "0.0.0.0" ? "127.0.0.1" : address }
}
