import Glibc
import HTTPServer
import Launch
import Reactor
import Synchronization
import Telemetry

/// What the life of the gateway needs before it begins.
extension GatewayLife {
    static func log(_ settings: GatewaySettings) -> Log {
        let level = Log.Level.allCases.first { "\($0.name)" == settings.logLevel } ?? .info
        return Log(service: "gateway", minimum: level)
    }

    static func parts(
        _ settings: GatewaySettings, _ group: EventLoopGroup, _ accessLog: AccessLogFile?,
        _ log: Log
    ) -> RunningGateway.Parts {
        var parts = RunningGateway.Parts(group: group)
        parts.accessLog = accessLog
        parts.finishMilliseconds = settings.finishMilliseconds
        parts.report = { report($0, to: log) }
        ProcessMetrics.register(in: parts.metrics)
        log.register(in: parts.metrics)
        accessLog?.register(in: parts.metrics)
        return parts
    }

    static func openAdmin(
        _ configuration: GatewayConfiguration, _ group: EventLoopGroup, _ metrics: Metrics,
        _ gateway: RunningGateway, _ isDraining: Flag
    ) async throws(SystemError) -> HTTPServer? {
        guard let admin = configuration.admin,
            let address = SocketAddress(admin.address, port: admin.port)
        else { return nil }
        let routes = AdminRoutes(control: gateway.control, metrics: metrics) {
            if isDraining.isRaised { return "draining" }
            return await gateway.control.hasSettled ? nil : "targets are being checked"
        }
        // Its own figures are nobody's business: only those of the listeners are shown.
        return try await HTTPServer(
            on: address, group: group, metrics: ServerMetrics(Metrics()), responder: routes)
    }

    private static func report(_ event: ControlPlane.Event, to log: Log) {
        switch event {
        case .joined(let target, let group): log.info("target registered", about(target, group))
        case .left(let target, let group): log.info("target deregistered", about(target, group))
        case .health(let target, let health, let group):
            var fields = about(target, group)
            fields.append("state", "\(health.state.rawValue)")
            if let reason = health.reason { fields.append("reason", "\(reason.code)") }
            if health.state == .unhealthy {
                log.warning("target health", fields)
            } else {
                log.info("target health", fields)
            }
        }
    }

    private static func about(_ target: Target, _ group: String) -> LogFields {
        [
            "target_group": "\(group)", "target": "\(target.address)",
            "instance": "\(target.id)",
        ]
    }
}

/// A flag that many may look at and that is raised once.
final class Flag: Sendable {
    private let value = Atomic<Bool>(false)

    var isRaised: Bool { value.load(ordering: .relaxed) }
    func raise() { value.store(true, ordering: .relaxed) }
}
