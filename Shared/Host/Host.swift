import Discovery
import Glibc
import HTTP
import HTTPServer
package import Identity
import Launch
import Reactor
import Records
package import Routing
package import SQLite
import Telemetry

/// A process that serves modules: it opens what they need, listens, registers, and ends in order.
///
/// `main` calls `Host.run` and wires; everything a service process has in common is here.
package final class Host {
    /// The settings in force.
    package let settings: HostSettings
    let name: String
    let log: Log
    let metrics = Metrics()
    let group: EventLoopGroup
    /// The services of other processes; nil without a registry.
    let neighbours: Neighbours?
    /// What the services share; nil if this process follows nobody and nobody follows it.
    let internalSecret: Secret?
    /// What it costs to guess a password that is chosen from now on. No setting: nobody runs a
    /// forum with another one.
    package internal(set) var passwordCost = ScryptParameters.standard
    private(set) var stores: [Store] = []
    /// What runs beside the requests, until the end.
    private(set) var background: [@Sendable () async -> Void] = []
    /// Who knows callers by their tokens; set by `main`. Nil: nobody has an account here.
    package var authenticator: (any Authenticator)?

    /// Makes the data folder and reads the secrets; nothing is opened yet.
    init(name: String, settings: HostSettings) throws {
        self.name = name
        self.settings = settings
        let level = Log.Level.allCases.first { "\($0.name)" == settings.logLevel } ?? .info
        log = Log(service: name, minimum: level)
        group = try EventLoopGroup(count: settings.loops)
        let registry = settings.registryPath
        neighbours =
            registry.isEmpty ? nil : Neighbours(RegistryFile(registry), on: group.loops[0])
        let shared = settings.internalSecretPath
        // The registry, and what lies beside it, may be in the data folder.
        try DataFolder.create(settings.dataFolder)
        internalSecret = shared.isEmpty ? nil : try SecretFile(shared).readOrCreate()
        ProcessMetrics.register(in: metrics)
        log.register(in: metrics)
    }

    /// Opens the store `name` in the data folder, creates it if need be, and brings it to `schema`.
    /// It is closed with the process.
    package func store(_ name: String, _ schema: [Migration]) throws -> Store {
        let folder = self.settings.dataFolder
        try DataFolder.create(folder)
        let path = "\(folder)/\(name).sqlite"
        let group = group
        var settings = StoreSettings()
        settings.isInTurn = { group.isOnLoop }
        settings.requestsPerCommitMax = self.settings.commitRequests
        let store = try Store(path: path, migrations: schema, settings: settings)
        group.beforeEachWait { store.endTurn() }
        StoreMetrics.register(store, name: name, in: metrics)
        stores.append(store)
        return store
    }

    /// Runs `work` from the start of the process to its end, when its task is cancelled.
    func inBackground(_ work: @escaping @Sendable () async -> Void) { background.append(work) }

    /// Runs a service process from its command line to its end; does not return.
    ///
    /// `modules` opens stores and makes the modules; the first one answers for paths that are
    /// nobody's. Whatever is wrong before the first request ends the process with one clear line
    /// and exit code 1, and nothing has been registered.
    package static func run(
        _ name: String, port: Int, modules: (Host) throws -> [any ServiceModule]
    ) async -> Never {
        let settings = HostCommand.settings(name, port: port)
        let signals = Signals()
        Descriptors.raiseLimit()
        do {
            let host = try Host(name: name, settings: settings)
            let life = try await HostLife(host, modules: try modules(host))
            await life.serve(until: signals)
        } catch {
            Exit.fail("\(name): \(error)")
        }
        exit(0)
    }
}
