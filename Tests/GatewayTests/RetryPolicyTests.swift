import Gateway
import HTTP
import Testing

@Suite struct RetryPolicyTests {
    private let policy = RetryPolicy()

    private func decide(
        _ failure: RetryPolicy.Failure, _ method: HTTP.Method = .get, attempts: Int = 1,
        canReplay: Bool = true, hasForgivenReuse: Bool = false
    ) -> RetryPolicy.Decision {
        policy.decide(
            failure,
            RetryPolicy.Circumstances(
                method: method, attempts: attempts, canReplay: canReplay,
                hasForgivenReuse: hasForgivenReuse))
    }

    @Test(
        "a target that got nothing can be followed by another, for every method",
        arguments: HTTP.Method.allCases)
    func connectFailure(method: HTTP.Method) {
        #expect(decide(.connectFailed, method) == .anotherTarget)
        #expect(decide(.connectTimedOut, method) == .anotherTarget)
    }

    @Test("the third target is the last")
    func attemptsMax() {
        #expect(decide(.connectFailed, attempts: 2) == .anotherTarget)
        #expect(decide(.connectFailed, attempts: 3) == .giveUp)
    }

    @Test("a stale connection is forgiven once, and only where twice is the same as once")
    func reuseRace() {
        let race = RetryPolicy.Failure.closedBeforeAnswer(connectionWasReused: true)
        #expect(decide(race, .get) == .freshConnection)
        #expect(decide(race, .put) == .freshConnection)
        #expect(decide(race, .post) == .giveUp)
        #expect(decide(race, .patch) == .giveUp)
        #expect(decide(race, .get, hasForgivenReuse: true) == .giveUp)
    }

    @Test("a request that cannot be sent again whole is not sent again")
    func noReplay() {
        #expect(decide(.connectFailed, canReplay: false) == .giveUp)
        #expect(
            decide(.closedBeforeAnswer(connectionWasReused: true), canReplay: false) == .giveUp)
    }

    @Test("a target that ended before its answer is followed by another, if twice is as good")
    func killed() {
        let killed = RetryPolicy.Failure.closedBeforeAnswer(connectionWasReused: false)
        #expect(decide(killed, .get) == .anotherTarget)
        #expect(decide(killed, .post) == .giveUp)
        #expect(decide(killed, .get, canReplay: false) == .giveUp)
    }

    @Test(
        "a target that may have answered is never followed by another",
        arguments: [
            .timedOut, .malformedAnswer, .brokenAnswer, .cutOff,
        ] as [RetryPolicy.Failure])
    func neverAgain(failure: RetryPolicy.Failure) { #expect(decide(failure) == .giveUp) }
}
