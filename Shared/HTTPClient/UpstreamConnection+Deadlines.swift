import Bytes
import Reactor

/// One deadline at a time, checked when the wheel comes by.
extension UpstreamConnection {
    package func deadlineReached(now: Int64) -> Int64? {
        // Told early by an alarm from before: the one that is armed for later will tell again.
        if let armed = timing.armed, armed > now { return nil }
        timing.armed = nil
        guard state != .closed, let deadline else { return nil }
        if now < deadline {
            timing.armed = deadline
            return deadline
        }
        expire()
        return nil
    }

    /// Makes sure that the wheel tells no later than the current deadline. A later one needs
    /// nothing: when told early, the connection looks again.
    func armDeadline() {
        guard state != .closed, let deadline else { return }
        if let armed = timing.armed, armed <= deadline { return }
        timing.armed = deadline
        loop.arm(token, at: deadline)
    }

    private var deadline: Int64? {
        switch state {
        case .closed: return nil
        case .idle: return timing.idleDeadline(pool.settings)
        case .connecting: return timing.connectDeadline
        case .active:
            if drainedBytes != nil { return timing.drainDeadline(pool.settings) }
            return timing.deadline(
                hasAnswerBegun: machine.hasAnswerBegun, isWaitingForServer: isWaitingForServer)
        }
    }

    /// The server's turn: not while the answer waits for its reader, nor while the request waits
    /// for its writer.
    private var isWaitingForServer: Bool {
        if isPaused { return false }
        return machine.hasAnswerBegun || isRequestComplete || !outbound.isEmpty || isWriteBroken
    }

    private func expire() {
        switch state {
        case .closed: break
        case .idle:
            pool.forget(self)
            close()
        case .connecting: fail(.connectTimedOut)
        case .active:
            if handler == nil { return close() }
            take(machine.timedOut())
        }
    }
}
