/// The health of one target: ALB's states and reasons, moved by the outcomes of its probes. Pure.
///
/// A new target becomes healthy with its first success. Later flips need as many equal outcomes in
/// a row as the thresholds ask for; an opposite outcome starts the count anew.
package struct TargetHealth: Sendable, Equatable {
    /// As `describe-target-health` spells them.
    package enum State: String, Sendable { case initial, healthy, unhealthy, draining }

    /// What one probe came to.
    package enum Outcome: Sendable, Equatable {
        /// A status that the matcher accepts.
        case passed
        /// A whole answer with another status.
        case mismatched(code: Int)
        /// No answer in time.
        case timedOut
        /// No connection, or an answer that is not HTTP.
        case failed
    }

    /// Why a target is in its state; healthy needs no reason.
    package enum Reason: Sendable, Equatable {
        case registrationInProgress
        case initialHealthChecking
        case responseCodeMismatch(Int)
        case timeout
        case failedHealthChecks
        case deregistrationInProgress

        /// The reason code, such as `Target.Timeout`.
        package var code: String {
            switch self {
            case .registrationInProgress: "Elb.RegistrationInProgress"
            case .initialHealthChecking: "Elb.InitialHealthChecking"
            case .responseCodeMismatch: "Target.ResponseCodeMismatch"
            case .timeout: "Target.Timeout"
            case .failedHealthChecks: "Target.FailedHealthChecks"
            case .deregistrationInProgress: "Target.DeregistrationInProgress"
            }
        }

        /// The sentence ALB shows beside the code.
        package var description: String {
            switch self {
            case .registrationInProgress: "Target registration is in progress"
            case .initialHealthChecking: "Initial health checks in progress"
            case .responseCodeMismatch(let code): "Health checks failed with these codes: [\(code)]"
            case .timeout: "Request timed out"
            case .failedHealthChecks: "Health checks failed"
            case .deregistrationInProgress: "Target deregistration is in progress"
            }
        }
    }

    package private(set) var state = State.initial
    package private(set) var reason: Reason? = .registrationInProgress
    /// Successes or failures in a row, ending with the last probe.
    package private(set) var passesInRow = 0
    package private(set) var failuresInRow = 0

    /// A target just registered and not yet probed.
    package init() {}

    /// Takes the outcome of one probe; true when state or reason changed.
    package mutating func record(_ outcome: Outcome, _ settings: HealthCheckSettings) -> Bool {
        guard state != .draining else { return false }
        let before = (state, reason)
        if outcome == .passed {
            passed(settings)
        } else {
            failed(outcome, settings)
        }
        return before != (state, reason)
    }

    /// The target has left its group: no new requests, for good. True when this is news.
    package mutating func drain() -> Bool {
        guard state != .draining else { return false }
        state = .draining
        reason = .deregistrationInProgress
        return true
    }

    private mutating func passed(_ settings: HealthCheckSettings) {
        failuresInRow = 0
        passesInRow += 1
        guard state == .initial || passesInRow >= settings.healthyThreshold else { return }
        state = .healthy
        reason = nil
    }

    private mutating func failed(_ outcome: Outcome, _ settings: HealthCheckSettings) {
        passesInRow = 0
        failuresInRow += 1
        if state == .unhealthy || failuresInRow >= settings.unhealthyThreshold {
            state = .unhealthy
            reason = TargetHealth.reason(for: outcome)
        } else if state == .initial {
            reason = .initialHealthChecking
        }
    }

    private static func reason(for outcome: Outcome) -> Reason? {
        switch outcome {
        case .passed: nil
        case .mismatched(let code): .responseCodeMismatch(code)
        case .timedOut: .timeout
        case .failed: .failedHealthChecks
        }
    }
}
