import Routing
package import Telemetry

/// Decides what the data plane is to do: puts configuration, registered instances and health
/// together, and publishes a routing table whenever one of them changes.
package actor ControlPlane {
    /// The instances that the registry lists for each source.
    package typealias Instances = [TargetGroup.DiscoverySource: [TargetRoster.Instance]]

    /// A target and its health, as the operator's port shows it.
    package struct Standing: Sendable {
        package let target: Target
        package let health: TargetHealth

        package init(target: Target, health: TargetHealth) {
            self.target = target
            self.health = health
        }
    }

    private let clock: any Clock<Duration>
    private let metrics: Metrics
    private let report: @Sendable (Event) -> Void
    private var traffic: (any DataPlane)?
    private var checker: HealthChecker?
    private var roster: TargetRoster
    private var configuration: GatewayConfiguration
    private var rules: RuleBook
    private var instances: Instances = [:]
    private var health: [ObjectIdentifier: TargetHealth] = [:]
    private var draining: [String: [Target]] = [:]
    private var describe: DescriptionReader = { _, _, _ in nil }
    private var shelf = DescriptionShelf()
    private var references: [Router]
    private var readingsUnderWay = 0
    private var rereading: Task<Void, Never>?

    /// How often descriptions are asked for again, for services that changed and never were away.
    private static let rereadSeconds = 60

    /// What happens that an operator wants to read about.
    package enum Event: Sendable {
        case joined(Target, group: String)
        case left(Target, group: String)
        case health(Target, TargetHealth, group: String)
    }

    /// `report` is told what changed. Nothing happens before `start`.
    package init(
        _ configuration: GatewayConfiguration, slots: [Int], loops: Int,
        metrics: Metrics, clock: any Clock<Duration> = ContinuousClock(),
        report: @escaping @Sendable (Event) -> Void
    ) {
        self.configuration = configuration
        self.metrics = metrics
        self.clock = clock
        self.report = report
        rules = RuleBook(configuration, slots: slots)
        roster = TargetRoster(loops: loops)
        references = configuration.references.map(DescriptionShelf().reference)
    }

    /// Begins to check targets and to tell `traffic` where requests go. `instances` is what the
    /// registry lists now. `describe` reads what targets say of their API.
    package func start(
        _ instances: Instances, traffic: any DataPlane, probe: @escaping HealthChecker.Probe,
        describe: @escaping DescriptionReader = { _, _, _ in nil }
    ) async {
        self.traffic = traffic
        self.describe = describe
        checker = HealthChecker(clock: clock, probe: probe) { [weak self] target, health in
            await self?.changed(target, health)
        }
        self.instances = instances
        rereadAgain()
        await refresh()
    }

    /// Follows a new configuration. Targets that it names as well keep their health and counters.
    package func apply(_ configuration: GatewayConfiguration, slots: [Int]) async {
        self.configuration = configuration
        rules = RuleBook(configuration, slots: slots)
        let names = Set(configuration.targetGroups.map(\.name))
        let gone = roster.keep(names)
        references = configuration.references.map(shelf.reference)
        await refresh()
        readAll()
        rereadAgain()
        // Nothing routes to a group that is gone; what is under way at its targets ends by itself.
        for target in gone {
            traffic?.retire(target)
            await forget(target)
        }
    }

    /// Follows what the registry lists now.
    package func apply(_ instances: Instances) async {
        guard instances != self.instances else { return }
        self.instances = instances
        await refresh()
    }

    /// The data plane could not connect to `target`.
    package func suspect(_ target: Target) async { await checker?.suspect(target) }

    /// Whether every registered target has been probed, and asked for its description where one is
    /// shown: from then on the gateway knows what it does.
    package var hasSettled: Bool {
        readingsUnderWay == 0
            && configuration.targetGroups.allSatisfy { group in
                roster.targets(of: group.name).allSatisfy {
                    health[ObjectIdentifier($0), default: TargetHealth()].reason
                        != .registrationInProgress
                }
            }
    }

    /// The configuration in force, and for each of its groups the targets, draining ones last.
    package var standings: [(group: TargetGroup, targets: [Standing])] {
        configuration.targetGroups.map { group in
            let targets = roster.targets(of: group.name) + (draining[group.name] ?? [])
            return (group, targets.map { Standing(target: $0, health: health(of: $0)) })
        }
    }

    /// The configuration in force.
    package var current: GatewayConfiguration { configuration }

    /// Stops checking.
    package func stop() async {
        rereading?.cancel()
        await checker?.stop()
    }

    // MARK: Membership

    private func refresh() async {
        var left: [Target] = []
        for group in configuration.targetGroups {
            let found = group.discovery.flatMap { instances[$0] } ?? []
            let changes = roster.update(group.name, to: found + group.fixedInstances)
            left += changes.left
            for target in changes.left { drain(target, group) }
            for target in changes.joined { report(.joined(target, group: group.name)) }
        }
        publishTable()
        for target in left { traffic?.retire(target) }
        for group in configuration.targetGroups {
            // While one is awaited, another update may let the next one go.
            for target in roster.targets(of: group.name) where roster.group(of: target) != nil {
                await checker?.watch(target, group.healthCheck)
            }
        }
    }

    /// No new requests from now on; those in flight have the deregistration delay to end.
    private func drain(_ target: Target, _ group: TargetGroup) {
        report(.left(target, group: group.name))
        _ = health[ObjectIdentifier(target), default: TargetHealth()].drain()
        draining[group.name, default: []].append(target)
        let delay = group.deregistrationDelayMilliseconds
        let clock = clock
        Task {
            await checker?.forget(target)
            // A cancelled sleep only shortens the delay of a gateway that is going away itself.
            try? await clock.sleep(for: .milliseconds(delay))
            await self.drained(target, group.name)
        }
    }

    private func drained(_ target: Target, _ group: String) async {
        draining[group]?.removeAll { $0 === target }
        traffic?.cut(target)
        await forget(target)
    }

    private func forget(_ target: Target) async {
        health[ObjectIdentifier(target)] = nil
        await checker?.forget(target)
    }

    // MARK: Health and tables

    private func changed(_ target: Target, _ new: TargetHealth) {
        guard let group = roster.group(of: target) else { return }
        health[ObjectIdentifier(target)] = new
        report(.health(target, new, group: group))
        publishTable()
        read(group)
    }

    private func health(of target: Target) -> TargetHealth {
        health[ObjectIdentifier(target)] ?? TargetHealth()
    }

    private func publishTable() { traffic?.follow(table) }

    /// Where requests go now.
    package var table: RoutingTable {
        let sets = configuration.targetGroups.enumerated().map { index, group in
            TargetSet(
                group, index: index,
                members: roster.targets(of: group.name).map { ($0, health(of: $0)) },
                metrics: GroupMetrics(group.name, in: metrics))
        }
        return RoutingTable(rules: rules, targetSets: sets, references: references)
    }

    // MARK: Descriptions

    private func read(_ group: String) {
        for source in Set(configuration.references.joined()) where source.targetGroup == group {
            readingsUnderWay += 1
            Task { await self.read(source) }
        }
    }

    private func readAll() {
        for group in Set(configuration.references.joined().map(\.targetGroup)) { read(group) }
    }

    /// What cannot be read leaves the copy that is there. Where no target is healthy any will do,
    /// as for requests.
    private func read(_ source: DescriptionSource) async {
        defer { readingsUnderWay -= 1 }
        let targets = roster.targets(of: source.targetGroup)
        let healthy = targets.first { health(of: $0).state == .healthy }
        guard let target = healthy ?? targets.first,
            let copy = await describe(target, source.path, shelf[source]),
            shelf.keep(copy, of: source)
        else { return }
        references = configuration.references.map(shelf.reference)
        publishTable()
    }

    private func rereadAgain() {
        guard rereading == nil, !configuration.references.isEmpty else { return }
        let clock = clock
        rereading = Task { [weak self] in
            while !Task.isCancelled {
                // Cancelled: the gateway ends.
                try? await clock.sleep(for: .seconds(ControlPlane.rereadSeconds))
                await self?.readAll()
            }
        }
    }
}
