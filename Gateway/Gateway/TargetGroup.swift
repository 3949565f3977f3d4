/// A named set of targets, how they are found, judged and chosen.
package struct TargetGroup: Sendable, Hashable {
    /// How a target is chosen (`load_balancing.algorithm.type`).
    package enum Algorithm: String, Sendable, Hashable {
        case roundRobin = "round_robin"
        case leastOutstanding = "least_outstanding_requests"
    }

    /// Where the registry lists the instances of this group.
    package struct DiscoverySource: Sendable, Hashable {
        package let namespace: String
        package let service: String

        package init(namespace: String, service: String) {
            self.namespace = namespace
            self.service = service
        }
    }

    /// A target named in the configuration itself.
    package struct FixedTarget: Sendable, Hashable {
        /// Dotted-decimal address.
        package let address: String
        package let port: UInt16

        package init(address: String, port: UInt16) {
            self.address = address
            self.port = port
        }
    }

    /// Up to 32 letters, digits and hyphens; unique. Problems name it as the service.
    package let name: String
    package var healthCheck = HealthCheckSettings()
    package var discovery: DiscoverySource?
    package var targets: [FixedTarget] = []
    package var algorithm = Algorithm.roundRobin
    /// How long requests in flight may go on at a target that has left.
    package var deregistrationDelayMilliseconds = 300_000

    package init(name: String) { self.name = name }
}
