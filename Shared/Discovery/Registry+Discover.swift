package import Bytes

extension Registry {
    /// Cloud Map's HealthStatusFilter.
    package enum HealthFilter: String, Sendable {
        case healthy = "HEALTHY"
        case unhealthy = "UNHEALTHY"
        case all = "ALL"
        /// The healthy ones, or all of them if none is healthy.
        case healthyOrElseAll = "HEALTHY_OR_ELSE_ALL"
    }

    /// The instances that answer a question as Cloud Map's DiscoverInstances asks it, by
    /// identifier.
    ///
    /// `required` attributes must all match. `optional` ones must too, unless no instance matches
    /// them; then they are left out. Instances whose lease has run out are never found.
    package func discover(
        _ service: String, in namespace: String, health: HealthFilter = .all,
        required: [String: String] = [:], optional: [String: String] = [:], now: Timestamp
    ) -> [Instance] {
        let living = (self.service(service, in: namespace)?.instances ?? [:]).values
            .filter { !$0.isExpired(now: now) && $0.has(required) }
            .sorted { $0.id < $1.id }
        let preferred = living.filter { $0.has(optional) }
        return Registry.filter(preferred.isEmpty ? living : preferred, health)
    }

    private static func filter(_ instances: [Instance], _ health: HealthFilter) -> [Instance] {
        let healthy = instances.filter { $0.customHealth == .healthy }
        return switch health {
        case .all: instances
        case .healthy: healthy
        case .unhealthy: instances.filter { $0.customHealth == .unhealthy }
        case .healthyOrElseAll: healthy.isEmpty ? instances : healthy
        }
    }
}

extension Instance {
    fileprivate func has(_ wanted: [String: String]) -> Bool {
        wanted.allSatisfy { attributes[$0.key] == $0.value }
    }
}
