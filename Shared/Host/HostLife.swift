import Discovery
import Glibc
import HTTP
import HTTPServer
import Identity
import Launch
import Reactor
import Routing
import SQLite
import Telemetry

/// The life of a service process in its order: listen, register, serve, deregister, drain, close.
struct HostLife: Sendable {
    private let settings: HostSettings
    private let log: Log
    private let readiness: Readiness
    private let group: EventLoopGroup
    private let server: HTTPServer
    /// Where it listens: the port is the system's choice if none was named.
    var address: SocketAddress { server.address }
    private let stores: [Store]
    private let accessLog: AccessLogFile?
    private let registration: Registration?
    private let exchange: FeedExchange
    private let background: [Task<Void, Never>]
    private let neighbours: Neighbours?

    /// Listens and, once requests are answered, registers.
    init(_ host: Host, modules: [any ServiceModule]) async throws {
        settings = host.settings
        log = host.log
        stores = host.stores
        readiness = Readiness()
        neighbours = host.neighbours
        let file = try AccessLogFile.open(settings.accessLog)
        file?.register(in: host.metrics)
        accessLog = file
        group = host.group
        exchange = try HostLife.exchange(host, modules)
        FeedMetrics.register(exchange, in: host.metrics)
        let own = HostRoutes(
            name: host.name, readiness: readiness, metrics: host.metrics, exchange: exchange)
        let router = HostLife.router(exchange.modules + [own], host)
        server = try await HTTPServer(
            on: HostLife.address(settings), group: group, metrics: ServerMetrics(host.metrics),
            responder: router
        ) { loop in file.map { AccessLogger($0, loop: loop) } }
        background = host.background.map { work in Task { await work() } }
        await exchange.start()
        readiness.state = .ready
        registration = HostLife.registration(host, server.address)
        try await registration?.begin()
        log.info(
            "listening",
            [
                "address": "\(server.address)", "pid": .integer(Int(getpid())),
                "version": "\(Version.text)", "loops": .integer(settings.loops),
                "data": "\(settings.dataFolder)",
            ])
    }

    /// Returns never by itself: ends the process once it was asked to and has drained, or was asked
    /// twice.
    func serve(until signals: Signals) async {
        var isEnding = false
        for await signal in signals.received {
            if signal == .hangUp {
                reopenLog()
            } else if isEnding {
                log.warning("ending at once", ["signal": "\(signal)"])
                exit(0)
            } else {
                isEnding = true
                log.info("draining", ["signal": "\(signal)"])
                Task {
                    await end()
                    exit(0)
                }
            }
        }
    }

    /// Deregister, go on answering, say close, finish what is in flight, close the stores.
    func end() async {
        await registration?.end()
        readiness.state = .draining
        server.announceClose()
        // Nobody cancels this; if somebody did, draining would only be shorter.
        try? await Task.sleep(for: .milliseconds(settings.drainMilliseconds))
        exchange.drain()
        await server.stopListening()
        let cut = await server.finish(withinMilliseconds: Int64(settings.finishMilliseconds))
        for task in background { task.cancel() }
        await exchange.stop()
        neighbours?.close()
        for store in stores { await store.close() }
        group.stop()
        log.info("ended", ["cut": .integer(cut)])
    }

    private func reopenLog() {
        do {
            try accessLog?.reopen()
        } catch {
            log.error("the access log was not reopened", ["reason": "\(error)"])
        }
    }

    private static func address(_ settings: HostSettings) -> SocketAddress {
        guard let address = SocketAddress(settings.address, port: UInt16(settings.port)) else {
            preconditionFailure("the setting was checked")
        }
        return address
    }

    private static func router(
        _ modules: [any ServiceModule], _ host: Host
    ) -> Router {
        var settings = RouterSettings()
        settings.authenticator = host.authenticator
        if let secret = host.internalSecret, let others = host.authenticator {
            settings.authenticator = ServicePass(secret: secret, others: others)
        }
        if let admin = host.settings.admin { settings.isOperator = { admin.matches($0) } }
        if !host.settings.rateLimits { settings.quotas = .off }
        let log = host.log
        return Router(modules, settings) { error, route, trace in
            log.error(
                "a handler failed",
                ["route": "\(route)", "error": "\(error)", "trace": "\(trace.traceText)"])
        }
    }

    /// The feeds of the modules, and of the services that the registry knows.
    private static func exchange(
        _ host: Host, _ modules: [any ServiceModule]
    ) throws -> FeedExchange {
        try FeedExchange(
            modules, secret: host.internalSecret, neighbours: host.neighbours, log: host.log)
    }

    /// Where and as what the process registers; nil if it does not.
    private static func registration(_ host: Host, _ address: SocketAddress) -> Registration? {
        let settings = host.settings
        guard !settings.registryPath.isEmpty else { return nil }
        let usual = "\(host.name)-\(settings.advertise):\(address.port)"
        let instance = Instance(
            id: settings.instance.isEmpty ? usual : settings.instance, host: settings.advertise,
            port: Int(address.port),
            attributes: ["version": Version.text, "pid": "\(getpid())"])
        return Registration(
            instance, of: host.name, in: HostSettings.namespace,
            registry: FileRegistry(RegistryFile(settings.registryPath)), log: host.log)
    }
}
