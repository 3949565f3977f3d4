import Gateway
import Testing

@Suite struct TargetHealthTests {
    private let settings = {
        var settings = HealthCheckSettings()
        settings.healthyThreshold = 3
        settings.unhealthyThreshold = 2
        return settings
    }()

    private func health(after outcomes: [TargetHealth.Outcome]) -> TargetHealth {
        var health = TargetHealth()
        for outcome in outcomes { _ = health.record(outcome, settings) }
        return health
    }

    @Test("a new target is initial, for the reason that its registration is in progress")
    func fresh() {
        #expect(health(after: []).state == .initial)
        #expect(health(after: []).reason?.code == "Elb.RegistrationInProgress")
    }

    @Test("a new target is healthy after its first success")
    func firstSuccess() {
        #expect(health(after: [.passed]).state == .healthy)
        #expect(health(after: [.passed]).reason == nil)
    }

    @Test("a new target that failed once is still initial, and says that checks are under way")
    func firstFailure() {
        #expect(health(after: [.failed]).state == .initial)
        #expect(health(after: [.failed]).reason?.code == "Elb.InitialHealthChecking")
    }

    @Test("a new target that failed and then passes is healthy at once")
    func failureThenSuccess() { #expect(health(after: [.failed, .passed]).state == .healthy) }

    @Test("a healthy target stays healthy below the unhealthy threshold")
    func belowThreshold() {
        #expect(health(after: [.passed, .failed]).state == .healthy)
        #expect(health(after: [.passed, .failed, .passed, .failed]).state == .healthy)
    }

    @Test("failures in a row make a target unhealthy")
    func failuresInRow() {
        #expect(health(after: [.passed, .failed, .failed]).state == .unhealthy)
        #expect(health(after: [.failed, .timedOut]).state == .unhealthy)
    }

    @Test("an unhealthy target needs the healthy threshold of successes in a row")
    func recovery() {
        let sick: [TargetHealth.Outcome] = [.failed, .failed]
        #expect(health(after: sick + [.passed, .passed]).state == .unhealthy)
        #expect(health(after: sick + [.passed, .passed, .failed, .passed]).state == .unhealthy)
        #expect(health(after: sick + [.passed, .passed, .passed]).state == .healthy)
    }

    @Test(
        "the reason is the last failure's, in ALB's words",
        arguments: [
            (.mismatched(code: 503), "Target.ResponseCodeMismatch", "with these codes: [503]"),
            (.timedOut, "Target.Timeout", "Request timed out"),
            (.failed, "Target.FailedHealthChecks", "Health checks failed"),
        ] as [(TargetHealth.Outcome, String, String)])
    func reasons(outcome: TargetHealth.Outcome, code: String, words: String) {
        let reason = health(after: [.failed, outcome]).reason
        #expect(reason?.code == code)
        #expect(reason?.description.hasSuffix(words) == true)
    }

    @Test("an unhealthy target's reason follows what it fails with")
    func reasonFollows() {
        let reason = health(after: [.failed, .failed, .mismatched(code: 500)]).reason
        #expect(reason == .responseCodeMismatch(500))
    }

    @Test("a draining target no longer changes")
    func draining() {
        var health = health(after: [.passed])
        let isNews = [health.drain(), health.record(.failed, settings), health.drain()]
        #expect(isNews == [true, false, false])
        #expect(health.state == .draining)
        #expect(health.reason?.code == "Target.DeregistrationInProgress")
    }

    @Test("only news is told as a change")
    func changes() {
        var health = TargetHealth()
        let outcomes: [TargetHealth.Outcome] = [.passed, .passed, .failed, .failed, .failed]
        let isNews = outcomes.map { health.record($0, settings) }
        #expect(isNews == [true, false, false, true, false])
    }
}

@Suite struct HealthMatcherTests {
    @Test(
        "a matcher lists codes and ranges within 200…499",
        arguments: [
            ("200", 200, true), ("200", 204, false), ("200,204", 204, true),
            ("200-299", 250, true), ("200-299", 300, false), ("200,300-301,404", 301, true),
        ])
    func accepts(text: String, code: Int, isHealthy: Bool) throws {
        #expect(try #require(HealthMatcher(text)).accepts(code) == isHealthy)
    }

    @Test(
        "anything else is no matcher",
        arguments: [
            "", "199", "500", "200-", "-200", "299-200", "200,", "2xx", "200-250-299", " 200",
        ])
    func refused(text: String) { #expect(HealthMatcher(text) == nil) }
}
