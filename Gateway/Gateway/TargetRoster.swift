package import Reactor

/// Which targets belong to each group, in the order they joined. Pure.
///
/// A target lives as long as the same identifier stays registered at the same address; whatever
/// else is reloaded, it is the same object with the same counters and the same health.
package struct TargetRoster {
    /// An instance as the registry or the configuration names it.
    package struct Instance: Hashable, Sendable {
        package let id: String
        package let address: SocketAddress

        package init(id: String, address: SocketAddress) {
            self.id = id
            self.address = address
        }
    }

    /// What an update changed.
    package struct Changes {
        package var joined: [Target] = []
        package var left: [Target] = []

        package var isEmpty: Bool { joined.isEmpty && left.isEmpty }
    }

    private let loops: Int
    private var members: [String: [Target]] = [:]

    /// `loops` is the number of loops that will count requests.
    package init(loops: Int) { self.loops = loops }

    /// The targets of a group now.
    package func targets(of group: String) -> [Target] { members[group] ?? [] }

    /// The group that `target` belongs to now; nil once it has left.
    package func group(of target: Target) -> String? {
        members.first { $0.value.contains { $0 === target } }?.key
    }

    /// Makes the targets of `group` those of `instances`; the first of two with the same identifier
    /// counts.
    package mutating func update(_ group: String, to instances: [Instance]) -> Changes {
        let wanted = TargetRoster.unique(instances)
        let present = members[group] ?? []
        var changes = Changes()
        changes.left = present.filter { target in !wanted.contains { target.isAt($0) } }
        let staying = present.filter { target in wanted.contains { target.isAt($0) } }
        for instance in wanted where !staying.contains(where: { $0.isAt(instance) }) {
            changes.joined.append(
                Target(id: instance.id, address: instance.address, loops: loops))
        }
        members[group] = staying + changes.joined
        return changes
    }

    /// Forgets every group that is not in `names`; answers the targets that left with them.
    package mutating func keep(_ names: Set<String>) -> [Target] {
        let gone = members.filter { !names.contains($0.key) }
        for name in gone.keys { members[name] = nil }
        return gone.values.flatMap { $0 }
    }

    private static func unique(_ instances: [Instance]) -> [Instance] {
        var seen: Set<String> = []
        return instances.prefix(GatewayLimits.targetsMax).filter { seen.insert($0.id).inserted }
    }
}

extension Target {
    fileprivate func isAt(_ instance: TargetRoster.Instance) -> Bool {
        id == instance.id && address == instance.address
    }
}

extension TargetGroup {
    /// The targets that the configuration itself names.
    var fixedInstances: [TargetRoster.Instance] {
        targets.compactMap { target in
            SocketAddress(target.address, port: target.port).map {
                TargetRoster.Instance(id: $0.description, address: $0)
            }
        }
    }
}
