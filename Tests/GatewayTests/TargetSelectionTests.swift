import Gateway
import Reactor
import Telemetry
import Testing

@Suite struct TargetSelectionTests {
    @Test("round robin gives each target its turn")
    func roundRobin() {
        var selection = TargetSelection(loop: 0)
        let set = targetSet(.roundRobin, healthy: 3)
        let chosen = selection.ids(9, from: set)
        #expect(chosen == ["0", "1", "2", "0", "1", "2", "0", "1", "2"])
    }

    @Test("two loops start their rounds at different targets")
    func loopsDiffer() {
        var first = TargetSelection(loop: 0)
        var second = TargetSelection(loop: 1)
        let set = targetSet(.roundRobin, healthy: 2)
        #expect(first.ids(1, from: set) != second.ids(1, from: set))
    }

    @Test("the least busy target is chosen, whichever loop its requests are on")
    func leastOutstanding() {
        var selection = TargetSelection(loop: 0)
        let set = targetSet(.leastOutstanding, healthy: 3)
        set.eligible[0].begin(on: 0)
        set.eligible[2].begin(on: 1)
        #expect(selection.ids(3, from: set) == ["1", "1", "1"])
        set.eligible[0].end(on: 0)
        set.eligible[1].begin(on: 1)
        #expect(selection.ids(1, from: set) == ["0"])
    }

    @Test("equally busy targets take turns")
    func leastOutstandingTurns() {
        var selection = TargetSelection(loop: 0)
        let set = targetSet(.leastOutstanding, healthy: 2)
        let chosen = selection.ids(4, from: set)
        #expect(chosen == ["0", "1", "0", "1"])
    }

    @Test("of many targets, one that is busier than all others is never chosen")
    func powerOfTwo() {
        var selection = TargetSelection(loop: 0, random: LoopRandom(seed: 7))
        let set = targetSet(.leastOutstanding, healthy: 50)
        for _ in 0..<5 { set.eligible[9].begin(on: 0) }
        let chosen = selection.ids(2_000, from: set)
        // Only a pick of the busy one twice, once in 2 500 draws, could choose it.
        #expect(chosen.filter { $0 == "9" }.count < 10)
        #expect(Set(chosen).count > 40)
    }

    @Test("a target that was tried is not chosen again, and nil says that none is left")
    func excluded() {
        var selection = TargetSelection(loop: 0)
        for algorithm in [TargetGroup.Algorithm.roundRobin, .leastOutstanding] {
            let set = targetSet(algorithm, healthy: 2)
            #expect(selection.ids(4, from: set) { $0.id == "0" } == ["1", "1", "1", "1"])
            #expect(selection.ids(4, from: set) { _ in true }.isEmpty)
        }
    }

    @Test("only healthy targets are eligible while there is one")
    func healthyOnly() {
        let set = targetSet(.roundRobin, healthy: 1, unhealthy: 2)
        #expect(set.eligible.map(\.id) == ["0"])
        #expect(!set.isFailOpen)
    }

    @Test("when none is healthy, all are eligible: fail open, and the state says so")
    func failOpen() {
        let set = targetSet(.roundRobin, healthy: 0, unhealthy: 2)
        #expect(set.eligible.count == 2)
        #expect(set.isFailOpen)
        #expect(set.summary == "0 of 2 targets healthy (Target.FailedHealthChecks)")
    }

    @Test("a draining target is not eligible, not even when no other is left")
    func draining() {
        let set = targetSet(.roundRobin, healthy: 0, draining: 1)
        #expect(set.eligible.isEmpty)
        #expect(set.summary == "no target is registered")
    }

    @Test("no target, no choice")
    func empty() {
        var selection = TargetSelection(loop: 0)
        #expect(selection.ids(1, from: targetSet(.roundRobin, healthy: 0)).isEmpty)
    }
}

extension TargetSelection {
    /// The targets of `count` choices in a row, without those that found none.
    fileprivate mutating func ids(
        _ count: Int, from set: TargetSet, isExcluded: (Target) -> Bool = { _ in false }
    ) -> [String] {
        (0..<count).compactMap { _ in choose(from: set, isExcluded: isExcluded)?.id }
    }
}

/// A set of targets named `0`, `1`, …: first the healthy ones.
func targetSet(
    _ algorithm: TargetGroup.Algorithm, healthy: Int, unhealthy: Int = 0, draining: Int = 0
) -> TargetSet {
    var group = TargetGroup(name: "users")
    group.algorithm = algorithm
    let states: [(Int, [TargetHealth.Outcome], Bool)] = [
        (healthy, [.passed], false), (unhealthy, [.failed, .failed], false),
        (draining, [.passed], true),
    ]
    var members: [TargetSet.Member] = []
    for (count, outcomes, isDraining) in states {
        for _ in 0..<count {
            let number = members.count
            let address = SocketAddress.loopback(UInt16(8_000 + number))
            var health = TargetHealth()
            for outcome in outcomes { _ = health.record(outcome, group.healthCheck) }
            if isDraining { _ = health.drain() }
            members.append((Target(id: "\(number)", address: address, loops: 2), health))
        }
    }
    return TargetSet(
        group, index: 0, members: members, metrics: GroupMetrics(group.name, in: Metrics()))
}
