import Gateway
import Reactor
import Synchronization
import Testing

@Suite struct HealthCheckerTests {
    private let clock = ManualClock()
    private let script = Script()
    private let target = Target(id: "a", address: .loopback(8_001), loops: 1)

    private func checker() -> HealthChecker {
        let script = script
        return HealthChecker(clock: clock) { _, _ in
            script.next()
        } changed: { _, health in
            script.tell(health)
        }
    }

    @Test("the first probe runs at once, and its success makes the target healthy")
    func firstProbe() async {
        let checker = checker()
        script.answer([.passed])
        await checker.watch(target, HealthCheckSettings())
        await clock.sleepers(1)
        #expect(await checker.health(of: target).state == .healthy)
        #expect(script.probes == 1)
    }

    @Test("the next probes come an interval apart, and thresholds decide")
    func interval() async {
        let checker = checker()
        script.answer([.passed, .failed, .failed])
        await checker.watch(target, HealthCheckSettings())
        await clock.sleepers(1)
        clock.advance(by: .seconds(29))
        #expect(script.probes == 1)
        clock.advance(by: .seconds(1))
        await clock.sleepers(1)
        #expect(await checker.health(of: target).state == .healthy)
        clock.advance(by: .seconds(30))
        await clock.sleepers(1)
        #expect(await checker.health(of: target).state == .unhealthy)
        #expect(script.told == [.healthy, .unhealthy])
    }

    @Test("a target that could not be reached is probed at once and again until that is settled")
    func suspect() async {
        let checker = checker()
        script.answer([.passed, .failed, .failed])
        await checker.watch(target, HealthCheckSettings())
        await clock.sleepers(1)
        await checker.suspect(target)
        await clock.sleepers(1)
        #expect(script.probes == 2)
        clock.advance(by: .milliseconds(500))
        await clock.sleepers(1)
        #expect(await checker.health(of: target).state == .unhealthy)
    }

    @Test("suspicion ends with a success, and the interval is the usual one again")
    func suspicionEnds() async {
        let checker = checker()
        script.answer([.passed, .passed, .passed])
        await checker.watch(target, HealthCheckSettings())
        await clock.sleepers(1)
        await checker.suspect(target)
        await clock.sleepers(1)
        clock.advance(by: .seconds(29))
        #expect(script.probes == 2)
    }

    @Test("new settings are followed from now on, and the health is kept")
    func newSettings() async {
        let checker = checker()
        script.answer([.passed, .failed])
        await checker.watch(target, HealthCheckSettings())
        await clock.sleepers(1)
        var settings = HealthCheckSettings()
        settings.path = "/other"
        await checker.watch(target, settings)
        await clock.sleepers(1)
        #expect(script.probes == 2)
        #expect(await checker.health(of: target).state == .healthy)
    }

    @Test("watching again with the same settings changes nothing")
    func watchedTwice() async {
        let checker = checker()
        script.answer([.passed])
        await checker.watch(target, HealthCheckSettings())
        await clock.sleepers(1)
        await checker.watch(target, HealthCheckSettings())
        #expect(script.probes == 1)
    }

    @Test("a forgotten target is probed no more, and known no more")
    func forgotten() async {
        let checker = checker()
        script.answer([.passed])
        await checker.watch(target, HealthCheckSettings())
        await clock.sleepers(1)
        await checker.forget(target)
        clock.advance(by: .seconds(60))
        #expect(await checker.health(of: target).state == .initial)
        #expect(script.probes == 1)
    }
}

/// Outcomes to come, and what was told.
private final class Script: Sendable {
    private let state = Mutex<
        (outcomes: [TargetHealth.Outcome], probes: Int, told: [TargetHealth.State])
    >(
        ([], 0, []))

    var probes: Int { state.withLock { $0.probes } }
    var told: [TargetHealth.State] { state.withLock { $0.told } }

    func answer(_ outcomes: [TargetHealth.Outcome]) { state.withLock { $0.outcomes = outcomes } }

    func next() -> TargetHealth.Outcome {
        state.withLock { state in
            state.probes += 1
            return state.outcomes.isEmpty ? .passed : state.outcomes.removeFirst()
        }
    }

    func tell(_ health: TargetHealth) { state.withLock { $0.told.append(health.state) } }
}
