/// Probes targets and keeps the verdicts: the first probe at once, the next ones an interval apart.
package actor HealthChecker {
    /// Sends one probe and answers what it came to, within the timeout of the settings.
    package typealias Probe =
        @Sendable (Target, HealthCheckSettings) async -> TargetHealth.Outcome

    /// A target that the data plane could not reach is probed again after this time until that is
    /// settled, so that a killed instance is known as such within a second, whatever the interval.
    private static let suspicionMilliseconds = 500

    private struct Patient {
        let target: Target
        var settings: HealthCheckSettings
        var health = TargetHealth()
        var isSuspected = false
        var probes: Task<Void, Never>?
        /// Rises with each start: the outcome of a probe that was called off counts for nothing.
        var round = 0
    }

    private let clock: any Clock<Duration>
    private let probe: Probe
    private let changed: @Sendable (Target, TargetHealth) async -> Void
    private var patients: [ObjectIdentifier: Patient] = [:]

    /// `changed` is told each time the state or the reason of a target's health changes.
    package init(
        clock: any Clock<Duration> = ContinuousClock(), probe: @escaping Probe,
        changed: @escaping @Sendable (Target, TargetHealth) async -> Void
    ) {
        self.clock = clock
        self.probe = probe
        self.changed = changed
    }

    /// Probes `target` from now on; one already watched keeps its health and follows the new
    /// settings.
    package func watch(_ target: Target, _ settings: HealthCheckSettings) {
        let key = ObjectIdentifier(target)
        if let known = patients[key] {
            guard known.settings != settings else { return }
            patients[key]?.settings = settings
        } else {
            patients[key] = Patient(target: target, settings: settings)
        }
        start(key)
    }

    /// Stops probing; the target is forgotten.
    package func forget(_ target: Target) {
        patients.removeValue(forKey: ObjectIdentifier(target))?.probes?.cancel()
    }

    /// The data plane could not reach `target`: probe it now, and soon again until it is clear what
    /// it is.
    package func suspect(_ target: Target) {
        let key = ObjectIdentifier(target)
        guard let patient = patients[key], !patient.isSuspected,
            patient.health.state != .unhealthy
        else { return }
        patients[key]?.isSuspected = true
        start(key)
    }

    /// What is known of `target`; a new target's health if it is not watched.
    package func health(of target: Target) -> TargetHealth {
        patients[ObjectIdentifier(target)]?.health ?? TargetHealth()
    }

    /// Stops all probing.
    package func stop() {
        for patient in patients.values { patient.probes?.cancel() }
        patients.removeAll()
    }

    private func start(_ key: ObjectIdentifier) {
        guard var patient = patients[key] else { return }
        patient.probes?.cancel()
        patient.round += 1
        let round = patient.round
        patient.probes = Task { await self.run(key, round) }
        patients[key] = patient
    }

    private func run(_ key: ObjectIdentifier, _ round: Int) async {
        while let patient = patients[key], patient.round == round {
            let probe = self.probe
            var outcome = TargetHealth.Outcome.failed
            let taken = await clock.measure {
                outcome = await probe(patient.target, patient.settings)
            }
            guard patients[key]?.round == round else { return }
            await record(outcome, key)
            guard let pause = pause(key, after: taken) else { return }
            do {
                try await clock.sleep(for: pause)
            } catch {
                // Cancelled: another round has begun, or the target is forgotten.
                return
            }
        }
    }

    private func record(_ outcome: TargetHealth.Outcome, _ key: ObjectIdentifier) async {
        guard var patient = patients[key] else { return }
        let isNews = patient.health.record(outcome, patient.settings)
        if outcome == .passed || patient.health.state == .unhealthy { patient.isSuspected = false }
        patients[key] = patient
        if isNews { await changed(patient.target, patient.health) }
    }

    /// The interval counts from the start of a probe to the start of the next.
    private func pause(_ key: ObjectIdentifier, after taken: Duration) -> Duration? {
        guard let patient = patients[key] else { return nil }
        let interval =
            patient.isSuspected
            ? HealthChecker.suspicionMilliseconds : patient.settings.intervalMilliseconds
        return max(.zero, .milliseconds(interval) - taken)
    }
}
