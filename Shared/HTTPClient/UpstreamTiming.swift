import HTTP

/// When things happened on a connection, and until when the next may take. Milliseconds of the
/// loop.
struct UpstreamTiming {
    private var timeouts = UpstreamTimeouts()
    private var begunAt: Int64 = 0
    private var progressAt: Int64 = 0
    /// The deadline the wheel knows of.
    var armed: Int64?

    mutating func begin(_ timeouts: UpstreamTimeouts, now: Int64) {
        self.timeouts = timeouts
        begunAt = now
        progressAt = now
    }

    mutating func progressed(now: Int64) { progressAt = now }
    mutating func idle(now: Int64) { progressAt = now }
    mutating func drain(now: Int64) { progressAt = now }

    var connectDeadline: Int64 {
        earlier(begunAt + Int64(timeouts.connectMilliseconds))
    }

    func idleDeadline(_ settings: UpstreamSettings) -> Int64 {
        progressAt + Int64(settings.idleConnectionMilliseconds)
    }

    func drainDeadline(_ settings: UpstreamSettings) -> Int64 {
        progressAt + Int64(settings.drainMilliseconds)
    }

    func deadline(hasAnswerBegun: Bool, isWaitingForServer: Bool) -> Int64? {
        guard isWaitingForServer else {
            return timeouts.totalMilliseconds.map { begunAt + Int64($0) }
        }
        let wait = hasAnswerBegun ? timeouts.idleMilliseconds : timeouts.firstByteMilliseconds
        return earlier(progressAt + Int64(wait))
    }

    /// The earlier of `deadline` and the end of the time for the whole exchange.
    private func earlier(_ deadline: Int64) -> Int64 {
        guard let total = timeouts.totalMilliseconds else { return deadline }
        return min(deadline, begunAt + Int64(total))
    }
}
