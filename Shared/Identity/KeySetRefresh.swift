/// When a verifier asks its issuer for keys: every five minutes, sooner after a failure, and when a
/// token names a key that nobody knows, which anybody can provoke, at most every ten seconds.
///
/// A value: events in, decisions out, the time is told.
package struct KeySetRefresh: Equatable, Sendable {
    /// Why one would ask now.
    package enum Cause: Sendable { case time, unknownKey }

    /// A new key is published an hour before it signs, so this is early enough by far.
    package static let intervalSeconds: Int64 = 300
    /// The least time between two questions, whatever the cause.
    package static let pauseSeconds: Int64 = 10
    /// After so many failures in a row the pause has grown to the interval.
    private static let doublingsMax = 5

    /// Whether a question is on its way.
    package private(set) var isRunning = false
    private var startedSeconds: Int64?
    private var failures = 0

    package init() {}

    /// Whether to ask now; if so, `end` has to follow.
    package mutating func begin(_ cause: Cause, nowSeconds: Int64) -> Bool {
        guard !isRunning, isDue(cause, nowSeconds) else { return false }
        isRunning = true
        startedSeconds = nowSeconds
        return true
    }

    /// The answer was a key set, or it was not.
    package mutating func end(succeeded: Bool) {
        precondition(isRunning, "what ends has begun")
        isRunning = false
        failures = succeeded ? 0 : failures + 1
    }

    private func isDue(_ cause: Cause, _ nowSeconds: Int64) -> Bool {
        guard let startedSeconds else { return true }
        let waited = nowSeconds - startedSeconds
        // A clock that was set back would otherwise hold the next question up for as long.
        return waited < 0 || waited >= pause(cause)
    }

    private func pause(_ cause: Cause) -> Int64 {
        if cause == .unknownKey { return KeySetRefresh.pauseSeconds }
        if failures == 0 { return KeySetRefresh.intervalSeconds }
        let doubled = KeySetRefresh.pauseSeconds << min(failures - 1, KeySetRefresh.doublingsMax)
        return min(doubled, KeySetRefresh.intervalSeconds)
    }
}
