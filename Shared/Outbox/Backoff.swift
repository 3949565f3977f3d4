/// The pauses after failures: each twice as long as the one before, up to a limit, and between half
/// and all of that at random, so that several who failed together do not come back together.
struct Backoff {
    private var bound = OutboxLimits.pauseMilliseconds

    /// Milliseconds to wait now.
    mutating func next(using generator: inout some RandomNumberGenerator) -> Int {
        defer { bound = min(bound * 2, OutboxLimits.pauseMillisecondsMax) }
        return Int.random(in: bound / 2...bound, using: &generator)
    }

    /// It went well: the next failure is a first one.
    mutating func reset() { bound = OutboxLimits.pauseMilliseconds }
}
