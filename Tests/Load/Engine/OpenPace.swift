/// A fixed rate from a fixed instant: request number `i` is due at `start + i / rate`, whatever happens.
///
/// Several threads share one schedule: of `threads` each takes every `threads`-th request.
struct OpenPace: Sendable {
    let start: Int
    let ratePerSecond: Int
    let thread: Int
    let threads: Int
    /// No request is sent from here on, even if it was due before.
    var end: Int
    /// How many requests of this thread have been taken.
    private(set) var taken = 0
    private let limit: Int

    /// - Parameter requests: of all threads together, those of the warm-up included.
    init(
        start: Int, end: Int, ratePerSecond: Int, requests: Int, thread: Int = 0, threads: Int = 1
    ) {
        precondition(ratePerSecond > 0 && ratePerSecond <= LoadLimits.rateMax, "the rate is bounded")
        self.start = start
        self.end = end
        self.ratePerSecond = ratePerSecond
        self.thread = thread
        self.threads = threads
        limit = max(0, requests - thread + threads - 1) / threads
    }

    /// When this thread's request number `index` is due.
    func due(_ index: Int) -> Int {
        start + (index * threads + thread) * Nanoseconds.second / ratePerSecond
    }

    /// How many of this thread's requests are due by `now`.
    func dueCount(at now: Int) -> Int {
        let elapsed = min(now, end - 1) - start
        guard elapsed >= 0 else { return 0 }
        // Request i is due when i * second / rate, rounded down, is not after the elapsed time.
        let lastDue = ((elapsed + 1) * ratePerSecond - 1) / Nanoseconds.second
        guard lastDue >= thread else { return 0 }
        return min(limit, (lastDue - thread) / threads + 1)
    }

    mutating func take(at now: Int) -> Int? {
        guard now < end, taken < limit, due(taken) <= now else { return nil }
        taken += 1
        return due(taken - 1)
    }

    func isOver(at now: Int) -> Bool { now >= end || taken == limit }

    func backlog(at now: Int) -> Int { max(0, dueCount(at: now) - taken) }

    /// The next instant at which a request falls due; nil when those already due wait for a connection.
    func wake(at now: Int) -> Int? {
        guard !isOver(at: now), backlog(at: now) == 0 else { return nil }
        return min(end, due(taken))
    }

    /// Requests due from `countFrom` on that were never taken before the end.
    func unsent(countFrom: Int) -> Int {
        max(0, dueCount(at: end) - max(taken, dueCount(at: countFrom - 1)))
    }
}
