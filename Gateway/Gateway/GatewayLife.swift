import Discovery
import Glibc
import HTTPServer
import Launch
import Reactor
import Synchronization
import Telemetry

/// The life of the gateway's process in its order: read, listen, follow files and signals, drain,
/// end.
actor GatewayLife {
    /// What makes it look at the world again.
    private enum Occasion { case signal(Signal), registry, tick }

    /// How often files are looked at and leases are judged.
    private static let tickMilliseconds = 1_000

    private let settings: GatewaySettings
    private let log: Log
    private let group: EventLoopGroup
    private let accessLog: AccessLogFile?
    private let gateway: RunningGateway
    private let admin: HTTPServer?
    private let isDraining: Flag
    private let occasions: AsyncStream<Occasion>
    private let tell: AsyncStream<Occasion>.Continuation
    private var watch: ConfigurationWatch
    private var registry: RegistrySource
    private var registryCondition: RegistryView.Condition?
    private var configuration: GatewayConfiguration

    /// Reads the configuration and listens. Fails with one clear reason, before anybody was served.
    init(_ settings: GatewaySettings) async throws {
        self.settings = settings
        let log = GatewayLife.log(settings)
        self.log = log
        var watch = ConfigurationWatch(ConfigurationFile(path: settings.file))
        guard let configuration = try watch.look(isAsked: true) else {
            preconditionFailure("who asks is answered")
        }
        self.watch = watch
        self.configuration = configuration
        let (occasions, tell) = AsyncStream<Occasion>.makeStream()
        (self.occasions, self.tell) = (occasions, tell)
        var registry = RegistrySource(path: settings.registryPath) { tell.yield(.registry) }
        let instances = registry.instances(for: configuration)
        self.registry = registry
        group = try EventLoopGroup(count: settings.loops)
        accessLog = try AccessLogFile.open(settings.accessLog)
        let parts = GatewayLife.parts(settings, group, accessLog, log)
        gateway = try await RunningGateway(configuration, instances: instances, parts: parts)
        isDraining = Flag()
        admin = try await GatewayLife.openAdmin(
            configuration, group, parts.metrics, gateway, isDraining)
        let addresses = await gateway.listeners.addresses
        log.info(
            "listening",
            [
                "address": "\(addresses.map(\.description).joined(separator: ", "))",
                "admin": "\(admin?.address.description ?? "")", "pid": .integer(Int(getpid())),
                "version": "\(Version.text)", "loops": .integer(settings.loops),
                "config": "\(settings.file)", "registry": "\(settings.registryPath)",
            ])
    }

    /// Returns once it was asked to end and has drained; a second request ends the process at once.
    func serve(until signals: Signals) async {
        let tell = tell
        Task { for await signal in signals.received { tell.yield(.signal(signal)) } }
        Task {
            while !Task.isCancelled {
                // Nobody cancels this; if somebody did, it would only end sooner.
                try? await Task.sleep(for: .milliseconds(GatewayLife.tickMilliseconds))
                tell.yield(.tick)
            }
        }
        for await occasion in occasions {
            switch occasion {
            case .registry: await followRegistry()
            case .tick:
                await followRegistry()
                await reload(isAsked: false)
            case .signal(.hangUp):
                reopenLog()
                await reload(isAsked: true)
            case .signal(let signal): end(signal)
            }
        }
    }

    // MARK: Following

    /// A bad configuration is refused with its reasons, and the last good one stays.
    private func reload(isAsked: Bool) async {
        do {
            guard let fresh = try watch.look(isAsked: isAsked) else { return }
            try await gateway.apply(fresh)
            if fresh.admin != configuration.admin {
                log.warning("the Admin port changes with a restart only")
            }
            configuration = fresh
            log.info("configuration in force", ["file": "\(settings.file)"])
            await followRegistry()
        } catch {
            log.error(
                "configuration refused, the last good one stays",
                ["file": "\(settings.file)", "reason": "\(error)"])
        }
    }

    private func followRegistry() async {
        await gateway.control.apply(registry.instances(for: configuration))
        let condition = registry.condition
        guard condition != registryCondition else { return }
        registryCondition = condition
        guard let condition else { return }
        let file: LogFields.Value = "\(settings.registryPath)"
        guard let reason = condition.reason else {
            return log.info("registry read", ["file": file])
        }
        log.warning(
            "registry not usable, the last good one stays", ["file": file, "reason": "\(reason)"])
    }

    private func reopenLog() {
        do {
            try accessLog?.reopen()
        } catch {
            log.error("the access log was not reopened", ["reason": "\(error)"])
        }
    }

    // MARK: The end

    private func end(_ signal: Signal) {
        if isDraining.isRaised {
            log.warning("ending at once", ["signal": "\(signal)"])
            exit(0)
        }
        isDraining.raise()
        log.info("draining", ["signal": "\(signal)"])
        Task {
            await drain()
            exit(0)
        }
    }

    /// Say close, go on answering for a while, take no more connections, finish what is in flight.
    private func drain() async {
        await gateway.announceClose()
        // Nobody cancels this; if somebody did, draining would only be shorter.
        try? await Task.sleep(for: .milliseconds(settings.drainMilliseconds))
        let cut = await gateway.finish(
            withinMilliseconds: Int64(settings.finishMilliseconds))
        registry.stop()
        log.info("ended", ["cut": .integer(cut)])
    }
}
