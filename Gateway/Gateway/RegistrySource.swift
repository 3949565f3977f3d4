import Bytes
import Discovery
import Reactor

/// The registry as the gateway sees it: the instances of each target group, as of now.
struct RegistrySource {
    private let watcher: RegistryWatcher?
    /// When the file was last seen good. While it is bad, empty or missing its leases do not run
    /// on, so that the last good targets stay.
    private var goodAt = Timestamp.now()

    /// `path` is empty where nothing is discovered. `changed` is told of changes of the file.
    init(path: String, changed: @escaping @Sendable () -> Void) {
        watcher =
            path.isEmpty
            ? nil : RegistryWatcher(RegistryFile(path)) { _ in changed() }
        watcher?.start()
    }

    /// What the file is now; nil where nothing is discovered.
    var condition: RegistryView.Condition? { watcher?.view.condition }

    /// The instances that groups of `configuration` look for.
    mutating func instances(for configuration: GatewayConfiguration) -> ControlPlane.Instances {
        guard let view = watcher?.view else { return [:] }
        if view.condition == .good { goodAt = .now() }
        var found: ControlPlane.Instances = [:]
        for source in configuration.targetGroups.compactMap(\.discovery) {
            found[source] = view.registry.discover(
                source.service, in: source.namespace, health: .healthyOrElseAll, now: goodAt
            ).compactMap(RegistrySource.instance)
        }
        return found
    }

    func stop() { watcher?.stop() }

    /// Nil for an instance without an IPv4 address and port, to which nothing could be sent.
    private static func instance(_ listed: Instance) -> TargetRoster.Instance? {
        guard let host = listed.host, let port = listed.port,
            let address = SocketAddress(host, port: UInt16(port))
        else { return nil }
        return TargetRoster.Instance(id: listed.id, address: address)
    }
}

extension RegistryView.Condition {
    /// Why the file cannot be used as it is now; nil if it can.
    var reason: String? {
        switch self {
        case .good: nil
        case .bad(let reason): reason
        case .missing: "there is no such file"
        case .empty: "the file is empty"
        }
    }
}
