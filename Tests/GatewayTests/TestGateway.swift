import Bytes
import Gateway
import HTTP
import HTTPClient
import Reactor
import Telemetry

/// A running gateway on a port the system chose, in front of given targets.
final class TestGateway: Sendable {
    let group: EventLoopGroup
    let gateway: RunningGateway
    let address: SocketAddress
    let metrics: Metrics

    /// What differs from test to test.
    struct Options: Sendable {
        var loops = 1
        var algorithm = TargetGroup.Algorithm.roundRobin
        var timeouts = UpstreamTimeouts()
        var limits = HTTPLimits()
        var deregistrationMilliseconds = 300_000
        var accessLog: AccessLogFile?
        var clock: any Clock<Duration> = ContinuousClock()
        /// All targets are healthy unless a test says otherwise.
        var probe: HealthChecker.Probe = { _, _ in .passed }
    }

    /// A gateway with a target group for each of `groups`: `/NAME*` goes to the group of that name,
    /// everything else to the first one.
    init(
        _ groups: [(name: String, targets: [SocketAddress])], _ options: Options = Options()
    ) async throws {
        group = try EventLoopGroup(count: options.loops)
        var parts = RunningGateway.Parts(group: group)
        parts.limits = options.limits
        parts.accessLog = options.accessLog
        parts.clock = options.clock
        parts.probe = options.probe
        parts.finishMilliseconds = 2_000
        metrics = parts.metrics
        let configuration = try TestGateway.configuration(groups, options)
        gateway = try await RunningGateway(configuration, parts: parts)
        address = await gateway.listeners.addresses[0]
        while await !gateway.control.hasSettled { await Task.yield() }
    }

    convenience init(_ target: ScriptedTarget, _ options: Options = Options()) async throws {
        try await self.init([("users", [target.address])], options)
    }

    deinit { group.stop() }

    static func configuration(
        _ groups: [(name: String, targets: [SocketAddress])], _ options: Options = Options()
    ) throws -> GatewayConfiguration {
        let rules = try groups.enumerated().map { index, group in
            ListenerRule(
                priority: .number(index + 1),
                conditions: [.path([try PathPattern("/\(group.name)*")])],
                action: .forward(targetGroup: group.name))
        }
        let listener = Listener(
            address: "127.0.0.1", port: 0, rules: rules,
            defaultAction: .forward(targetGroup: groups[0].name))
        let targetGroups = groups.map { entry in
            var group = TargetGroup(name: entry.name)
            group.algorithm = options.algorithm
            group.deregistrationDelayMilliseconds = options.deregistrationMilliseconds
            group.targets = entry.targets.map {
                TargetGroup.FixedTarget(address: $0.host, port: $0.port)
            }
            return group
        }
        var configuration = GatewayConfiguration(
            listeners: [listener], targetGroups: targetGroups)
        configuration.timeouts = options.timeouts
        return configuration
    }

    /// Follows other targets.
    func apply(
        _ groups: [(name: String, targets: [SocketAddress])], _ options: Options = Options()
    ) async throws {
        try await gateway.apply(try TestGateway.configuration(groups, options))
    }

    /// A dialogue of a client with the gateway, on a thread of its own.
    func client<Result: Sendable>(
        _ dialogue: @escaping @Sendable (RawConnection) throws -> Result
    ) async throws -> Result {
        let address = address
        return try await blocking { try dialogue(RawConnection(to: address)) }
    }

    /// The answer to one request without a body.
    func get(_ path: String, _ fields: String...) async throws -> Message? {
        let lines = ["GET \(path) HTTP/1.1", "Host: forum.example"] + fields
        return try await client { connection in
            connection.send(lines.map { $0 + "\r\n" }.joined() + "\r\n")
            return connection.message()
        }
    }
}
