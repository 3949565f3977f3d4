import Bytes
import HTTP
import Reactor

/// The timekeeping half of a connection: one deadline at a time, checked when the wheel comes by.
extension Connection {
    package func deadlineReached(now: Int64) -> Int64? {
        // A later alarm is armed already: this one is left over and ends here.
        if let armed = timing.armed, armed > now { return nil }
        timing.armed = nil
        guard !isClosed, let deadline = deadline(now) else { return nil }
        if now < deadline {
            timing.armed = deadline
            return deadline
        }
        expire()
        guard !isClosed, let next = self.deadline(now) else { return nil }
        timing.armed = max(next, now + 1)
        return timing.armed
    }

    /// Makes sure that the wheel tells no later than the current deadline. A later one needs
    /// nothing: when told early, the connection looks again.
    func armDeadline() {
        guard !isClosed, let deadline = deadline(loop.nowMilliseconds) else { return }
        if let armed = timing.armed, armed <= deadline { return }
        timing.armed = deadline
        loop.arm(token, at: deadline)
    }

    func beginLingering() {
        socket.endWriting()
        closing = .lingering
        isReadable = true
        timing.linger(now: loop.nowMilliseconds)
        armDeadline()
        if !isPumping { pump() }
    }

    func linger(dropping bytes: Int) {
        timing.dropped(bytes)
        if timing.lingerBytes > limits.lingerBytesMax { cut() }
    }

    private func deadline(_ now: Int64) -> Int64? {
        if closing == .lingering { return timing.lingerDeadline(limits) }
        if !outbound.isEmpty { return timing.stallDeadline(limits) }
        if isPaused { return nil }
        return timing.deadline(machine.awaits, now: now, limits: limits)
    }

    private func expire() {
        if closing != .no || !outbound.isEmpty { return cut() }
        switch machine.awaits {
        case .request: cut()
        case .head: refuse(Connection.slowHead)
        case .body: refuse(Connection.slowBody)
        case .nothing: break
        }
        flush()
    }

    private static var slowHead: HTTPFault {
        HTTPFault(.requestTimeout, "slow-head", "the request head did not arrive in time")
    }

    private static var slowBody: HTTPFault {
        HTTPFault(.requestTimeout, "slow-body", "the request body arrives too slowly")
    }
}
