package import Bytes

/// The targets of one group as one moment saw them. Immutable: the control plane publishes a new
/// one.
package final class TargetSet: Sendable {
    package let name: String
    /// The name as it stands in log lines.
    package let label: ByteString
    /// The group's place in the configuration.
    package let index: Int
    package let metrics: GroupMetrics
    package let algorithm: TargetGroup.Algorithm
    /// The targets that may be chosen: the healthy ones, or all when none is (fail open).
    package let eligible: [Target]
    package let healthyCount: Int
    /// Targets that belong to the group now, in whatever health.
    package let registeredCount: Int
    /// Why the last unhealthy target is so; nil when that is not the trouble.
    package let reason: TargetHealth.Reason?

    /// A target and what is known of its health.
    package typealias Member = (target: Target, health: TargetHealth)

    package init(_ group: TargetGroup, index: Int, members: [Member], metrics: GroupMetrics) {
        let registered = members.filter { $0.health.state != .draining }
        let healthy = registered.filter { $0.health.state == .healthy }
        name = group.name
        label = ByteString(group.name)
        self.index = index
        self.metrics = metrics
        algorithm = group.algorithm
        eligible = (healthy.isEmpty ? registered : healthy).map(\.target)
        healthyCount = healthy.count
        registeredCount = registered.count
        reason = registered.last { $0.health.state != .healthy }?.health.reason
    }

    /// Whether requests go to targets that are not known to be healthy, because none is.
    package var isFailOpen: Bool { healthyCount == 0 && registeredCount > 0 }

    /// The state in one phrase for problems: `0 of 1 targets healthy (Target.Timeout)`.
    package var summary: String {
        guard registeredCount > 0 else { return "no target is registered" }
        let cause = reason.map { " (\($0.code))" } ?? ""
        return "\(healthyCount) of \(registeredCount) targets healthy\(cause)"
    }
}
