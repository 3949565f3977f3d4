package import Identity
package import Launch
import Reactor
import SQLite

/// The settings of a service process, read and checked before anything is opened.
package struct HostSettings: Sendable {
    package var address: String
    package var port: Int
    package var advertise: String
    package var dataFolder: String
    /// Empty: the process registers nowhere.
    package var registryPath: String
    package var instance: String
    package var admin: Secret?
    /// Empty: services of other processes are not followed, and nobody follows these.
    package var internalSecretPath: String
    package var isRegistrationOpen: Bool
    package var rateLimits: Bool
    package var loops: Int
    package var commitRequests: Int
    package var drainMilliseconds: Int
    package var finishMilliseconds: Int
    package var accessLog: String
    package var logLevel: String

    /// The namespace that services of a forum register in, as the lab's gateway looks for them.
    package static let namespace = "forum.local"

    /// Reads the settings of the service `name`; what is wrong is noted in `environment`.
    package init(_ environment: inout Environment, name: String, port defaultPort: Int) {
        address = environment.read(Settings.address, default: "127.0.0.1")
        port = environment.read(Settings.port, default: defaultPort)
        advertise = environment.read(Settings.advertise, default: "")
        dataFolder = environment.read(Settings.data, default: ".forum")
        registryPath = environment.read(Settings.registry, default: "")
        instance = environment.read(Settings.instance, default: "")
        internalSecretPath = environment.read(
            Settings.internalSecretFile,
            default: registryPath.isEmpty ? "" : "\(registryPath).secret")
        isRegistrationOpen =
            environment.read(Settings.registration, default: "open") == "open"
        rateLimits = environment.read(Settings.rateLimits, default: true)
        loops = environment.read(Settings.loops, default: EventLoopGroup.coreCount)
        commitRequests = environment.read(
            Settings.commitRequests, default: StoreLimits.requestsPerCommitMax)
        drainMilliseconds = environment.read(Settings.drainMilliseconds, default: 1_000)
        finishMilliseconds = environment.read(Settings.finishMilliseconds, default: 10_000)
        accessLog = environment.read(Settings.accessLog, default: "")
        logLevel = environment.read(Settings.logLevel, default: "info")
        admin = HostSettings.admin(&environment)
        if advertise.isEmpty { advertise = address == "0.0.0.0" ? Interface.address() : address }
    }

    /// The admin secret: itself, or the file it is in. Neither: nobody is the operator.
    private static func admin(_ environment: inout Environment) -> Secret? {
        let text = environment.read(Settings.adminSecret, default: "")
        let path = environment.read(Settings.adminSecretFile, default: "")
        if !text.isEmpty {
            let secret = Secret(text)
            if secret == nil {
                environment.complain(
                    Settings.adminSecret, "expected 16 to 1024 printable characters")
            }
            return secret
        }
        guard !path.isEmpty else { return nil }
        do throws(SecretError) {
            return try SecretFile(path).read()
        } catch {
            environment.complain(Settings.adminSecretFile, "\(error)")
            return nil
        }
    }
}
