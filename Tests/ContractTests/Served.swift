import Curl
import Gateway
import HTTP
import HTTPServer
import Reactor
import Routing
import Telemetry

/// Servers on ports that the system chose, on one set of loops.
final class Served: Sendable {
    private let group: EventLoopGroup
    private let servers: [HTTPServer]
    private let gateway: RunningGateway?
    /// Where clients connect: the gateway if there is one, else each server.
    let addresses: [SocketAddress]

    /// One server for each list of modules, all of which know callers alike.
    init(
        _ processes: [[any ServiceModule]], _ routing: RouterSettings,
        behindGateway isBehindGateway: Bool = false
    ) async throws {
        let group = try EventLoopGroup(count: 2)
        var servers: [HTTPServer] = []
        for modules in processes {
            servers.append(
                try await HTTPServer(
                    on: .loopback(0), group: group, metrics: ServerMetrics(Metrics()),
                    responder: Router(modules, routing) { _, _, _ in }))
        }
        self.group = group
        self.servers = servers
        guard isBehindGateway else {
            gateway = nil
            addresses = servers.map(\.address)
            return
        }
        let names = processes.map { ($0[0].name, $0[0].prefix) }
        let gateway = try await RunningGateway(
            try Served.configuration(names, servers.map(\.address)),
            parts: RunningGateway.Parts(group: group))
        while await !gateway.control.hasSettled { await Task.yield() }
        self.gateway = gateway
        addresses = await gateway.listeners.addresses
    }

    /// Answers what is in flight and ends everything that was started.
    func end() async {
        _ = await gateway?.finish(withinMilliseconds: 1_000)
        for server in servers {
            await server.stopListening()
            _ = await server.finish(withinMilliseconds: 1_000)
        }
        group.stop()
    }

    /// A client that has never seen our code: libcurl.
    func transport(to index: Int = 0) throws -> any HTTPTransport {
        guard let transport = CurlTransport("http://\(addresses[index])") else {
            throw HTTPFault(.badRequest, "no-address", "\(addresses[index]) is no address")
        }
        return transport
    }

    /// The lab's rules: each prefix to its service, everything else to the first.
    private static func configuration(
        _ names: [(name: String, prefix: String)], _ addresses: [SocketAddress]
    ) throws -> GatewayConfiguration {
        let rules = try names.enumerated().map { index, name in
            ListenerRule(
                priority: .number(index + 1),
                conditions: [.path([try PathPattern("\(name.prefix)*")])],
                action: .forward(targetGroup: name.name))
        }
        let listener = Listener(
            address: "127.0.0.1", port: 0, rules: rules,
            defaultAction: .forward(targetGroup: names[0].name))
        let groups = zip(names, addresses).map { name, address in
            var group = TargetGroup(name: name.name)
            group.targets = [TargetGroup.FixedTarget(address: address.host, port: address.port)]
            return group
        }
        return GatewayConfiguration(listeners: [listener], targetGroups: groups)
    }
}
