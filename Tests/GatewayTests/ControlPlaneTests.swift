import Bytes
import Gateway
import Reactor
import Synchronization
import Telemetry
import Testing

@Suite struct ControlPlaneTests {
    private let clock = ManualClock()
    private let published = Published()
    private let source = TargetGroup.DiscoverySource(namespace: "forum.local", service: "users")

    private func configuration(thresholds: Int = 2) throws -> GatewayConfiguration {
        let text = """
            {"TargetGroupName": "users", "UnhealthyThresholdCount": \(thresholds),
             "Discovery": {"NamespaceName": "forum.local", "ServiceName": "users"},
             "Targets": [{"Id": "127.0.0.1", "Port": 9000}],
             "Attributes": {"deregistration_delay.timeout_seconds": "30"}}
            """
        return try parse(groups: text)
    }

    private func instances(_ ids: String...) -> ControlPlane.Instances {
        let all = ids.map { id in
            TargetRoster.Instance(id: id, address: .loopback(8_000 + UInt16(id.utf8.first ?? 0)))
        }
        return [source: all]
    }

    private func plane() throws -> ControlPlane {
        return ControlPlane(
            try configuration(), slots: [0], loops: 1, metrics: Metrics(), clock: clock,
            report: { _ in })
    }

    /// All targets pass their probes but those with an identifier in `sick`.
    private func probe(sick: String...) -> HealthChecker.Probe {
        { target, _ in sick.contains(target.id) ? .failed : .passed }
    }

    @Test("targets come from the registry and from the configuration itself")
    func members() async throws {
        let plane = try plane()
        await plane.start(instances("a", "b"), traffic: published, probe: probe())
        #expect(await plane.ids == ["a", "b", "127.0.0.1:9000"])
    }

    @Test("before any probe has ended, requests go to all targets")
    func beforeProbes() async throws {
        let plane = try plane()
        await plane.start(instances("a"), traffic: published, probe: probe())
        let first = try #require(published.first)
        #expect(first.targetSets[0].eligible.count == 2 && first.targetSets[0].isFailOpen)
    }

    @Test("a target that passes is chosen, one that does not is left out")
    func health() async throws {
        let plane = try plane()
        await plane.start(instances("a", "b"), traffic: published, probe: probe(sick: "b"))
        await clock.sleepers(3)
        #expect(published.eligible == ["a", "127.0.0.1:9000"])
        #expect(await plane.hasSettled)
    }

    @Test("a target that left gets no request at once and is shown as draining for the delay")
    func draining() async throws {
        let plane = try plane()
        await plane.start(instances("a", "b"), traffic: published, probe: probe())
        await clock.sleepers(3)
        await plane.apply(instances("a"))
        #expect(published.eligible == ["a", "127.0.0.1:9000"])
        #expect(await plane.state(of: "b") == .draining)
        #expect(published.retired == ["b"] && published.cut.isEmpty)
        await clock.sleepers(3)
        clock.advance(by: .seconds(30))
        await plane.reaches { await $0.state(of: "b") == nil }
        #expect(published.cut == ["b"])
    }

    @Test("a reload keeps targets, their health and their counters")
    func reload() async throws {
        let plane = try plane()
        await plane.start(instances("a", "b"), traffic: published, probe: probe(sick: "b"))
        await clock.sleepers(3)
        let before = try #require(published.target("a"))
        before.begin(on: 0)
        await plane.apply(try configuration(thresholds: 3), slots: [0])
        #expect(published.target("a") === before && before.inFlight == 1)
        #expect(published.eligible == ["a", "127.0.0.1:9000"])
    }

    @Test("an instance that comes back at another address is a new target")
    func moved() async throws {
        let plane = try plane()
        await plane.start(instances("a"), traffic: published, probe: probe())
        await clock.sleepers(2)
        let before = try #require(published.target("a"))
        let moved = TargetRoster.Instance(id: "a", address: .loopback(1))
        await plane.apply([source: [moved]])
        #expect(published.target("a") == nil, "not yet healthy")
        await clock.sleepers(3)
        #expect(published.target("a") !== before)
    }

    @Test("the same list again publishes nothing")
    func unchanged() async throws {
        let plane = try plane()
        await plane.start(instances("a"), traffic: published, probe: probe())
        await clock.sleepers(2)
        let count = published.count
        await plane.apply(instances("a"))
        #expect(published.count == count)
    }

    @Test("a group that is no longer configured is forgotten")
    func groupGone() async throws {
        let plane = try plane()
        await plane.start(instances("a"), traffic: published, probe: probe())
        await clock.sleepers(2)
        let other = try parse(
            """
            {"Listeners": [{"Port": 8080, "DefaultActions":
               [{"Type": "forward", "TargetGroupArn": "topics"}]}],
             "TargetGroups": [{"TargetGroupName": "topics"}]}
            """)
        await plane.apply(other, slots: [0])
        #expect(await plane.ids.isEmpty)
        #expect(published.eligible.isEmpty)
    }
}

extension ControlPlane {
    fileprivate var ids: [String] { standings.flatMap { $0.targets.map(\.target.id) } }

    fileprivate func state(of id: String) -> TargetHealth.State? {
        standings.flatMap(\.targets).first { $0.target.id == id }?.health.state
    }

    /// Returns once `condition` holds; what it waits for is already on its way.
    fileprivate func reaches(_ condition: (ControlPlane) async -> Bool) async {
        while await !condition(self) { await Task.yield() }
    }
}

/// What the data plane was told so far.
private final class Published: DataPlane {
    private let tables = Mutex<[RoutingTable]>([])
    private let ends = Mutex<(retired: [String], cut: [String])>(([], []))

    func follow(_ table: RoutingTable) { tables.withLock { $0.append(table) } }
    func retire(_ target: Target) { ends.withLock { $0.retired.append(target.id) } }
    func cut(_ target: Target) { ends.withLock { $0.cut.append(target.id) } }

    var retired: [String] { ends.withLock { $0.retired } }
    var cut: [String] { ends.withLock { $0.cut } }

    var count: Int { tables.withLock { $0.count } }
    var first: RoutingTable? { tables.withLock { $0.first } }

    /// Identifiers of the targets that may be chosen now.
    var eligible: [String] {
        tables.withLock { $0.last?.targetSets.flatMap { $0.eligible.map(\.id) } ?? [] }
    }

    func target(_ id: String) -> Target? {
        tables.withLock { $0.last?.targetSets.flatMap(\.eligible).first { $0.id == id } }
    }
}

@Suite struct ListenerSlotsTests {
    private func listener(_ port: UInt16) -> Listener {
        Listener(port: port, rules: [], defaultAction: forward)
    }

    @Test("a listener keeps its slot across reloads, and no other gets it")
    func stable() {
        var slots = ListenerSlots()
        let rounds = [
            slots.assign([listener(1), listener(2)]), slots.assign([listener(2), listener(3)]),
            slots.assign([listener(1)]),
        ]
        #expect(rounds == [[0, 1], [1, 2], [0]])
    }

    @Test("listeners on any free port are told apart by their order")
    func anyPort() {
        var slots = ListenerSlots()
        let rounds = [slots.assign([listener(0), listener(0)]), slots.assign([listener(0)])]
        #expect(rounds == [[0, 1], [0]])
    }
}
