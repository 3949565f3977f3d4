/// A fixed rate: request number `i` is due at `start + i / rate`, whatever happens.
///
/// Several threads share one schedule: of `threads` each takes every `threads`-th request. What the
/// warm-up left waiting is given up when the measurement begins, so that it is not measured twice.
struct OpenPace: Sendable {
    private let start: Int
    private let ratePerSecond: Int
    private let thread: Int
    private let threads: Int
    /// The first request of this thread that is counted.
    private let firstCounted: Int
    private let countFrom: Int
    /// Requests from this number on are not due before the end.
    private var limit: Int
    /// What is due before the end may still be sent until then.
    private var sendEnd: Int
    /// Number of the next request to be taken.
    private var next = 0

    /// - Parameters:
    ///   - countFrom: requests due from here on belong to the measurement.
    ///   - end: no request is due from here on.
    ///   - counted: at most so many counted requests, of all threads together.
    init(
        start: Int, countFrom: Int, end: Int, ratePerSecond: Int, counted: Int? = nil,
        thread: Int = 0, threads: Int = 1
    ) {
        precondition((1...LoadLimits.rateMax).contains(ratePerSecond), "the rate is bounded")
        precondition(start <= countFrom && countFrom <= end, "the warm-up comes first")
        self.start = start
        self.ratePerSecond = ratePerSecond
        self.thread = thread
        self.threads = threads
        self.countFrom = countFrom
        sendEnd = end + LoadLimits.openGrace
        let warmup = Self.dueCount(elapsed: countFrom - start - 1, ratePerSecond)
        let inTime = Self.dueCount(elapsed: end - start - 1, ratePerSecond)
        let all = min(inTime, counted.map { warmup + $0 } ?? inTime)
        firstCounted = Self.share(of: warmup, thread, threads)
        limit = Self.share(of: all, thread, threads)
    }

    /// When this thread's request number `index` is due.
    func due(_ index: Int) -> Int {
        start + (index * threads + thread) * Nanoseconds.second / ratePerSecond
    }

    mutating func take(at now: Int) -> Int? {
        if next < firstCounted, now >= countFrom { next = firstCounted }
        guard next < limit, now < sendEnd, due(next) <= now else { return nil }
        next += 1
        return due(next - 1)
    }

    /// True from the instant at which one more request would have been due.
    func isOver(at now: Int) -> Bool { now >= sendEnd || next >= limit && now >= due(limit) }

    /// Requests that are due and not yet taken.
    func backlog(at now: Int) -> Int {
        let waitingFrom = now >= countFrom ? max(next, firstCounted) : next
        return max(0, dueCount(at: now) - waitingFrom)
    }

    /// When the next request falls due; nil while earlier ones wait for a connection.
    func wake(at now: Int) -> Int? {
        guard !isOver(at: now), backlog(at: now) == 0 else { return nil }
        return due(next)
    }

    /// Nothing falls due any more, and what waits is given up.
    mutating func stop(at now: Int) {
        limit = min(limit, max(next, dueCount(at: now)))
        sendEnd = min(sendEnd, now)
    }

    /// Counted requests that were due and never taken.
    var unsent: Int { max(0, limit - max(next, firstCounted)) }

    private func dueCount(at now: Int) -> Int {
        let all = Self.dueCount(elapsed: now - start, ratePerSecond)
        return min(limit, Self.share(of: all, thread, threads))
    }

    /// How many requests of all threads are due within the elapsed time, its last instant included.
    private static func dueCount(elapsed: Int, _ ratePerSecond: Int) -> Int {
        guard elapsed >= 0 else { return 0 }
        // Number i is due when i * second / rate, rounded down, is not after the elapsed time.
        return ((elapsed + 1) * ratePerSecond - 1) / Nanoseconds.second + 1
    }

    private static func share(of total: Int, _ thread: Int, _ threads: Int) -> Int {
        total > thread ? (total - thread - 1) / threads + 1 : 0
    }
}
