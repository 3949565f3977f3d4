import Bytes
import HTTP
import Reactor
import Telemetry

/// How an exchange ends: in the pool again, or closed.
extension UpstreamConnection {
    /// A connection from the pool, or a new one, gets an exchange.
    func adopt(_ handler: any UpstreamHandler, isReused: Bool) {
        self.handler = handler
        self.isReused = isReused
        isRequestComplete = false
        isPaused = false
        wantsRoom = false
        if isReused { state = .active }
    }

    /// The caller wants nothing more of this exchange and is told nothing more. If little is left
    /// of the answer it is read and dropped, so that the connection can be used again; else the
    /// connection is closed.
    package func abandon() {
        guard state == .active || state == .connecting, handler != nil else { return }
        handler = nil
        let left = machine.bodyBytesLeft ?? .max
        guard isRequestSent, left <= pool.settings.drainBytesMax else { return close() }
        drainedBytes = 0
        timing.drain(now: loop.nowMilliseconds)
        isPaused = false
        pool.pumpSoon(self)
        armDeadline()
    }

    /// The answer is complete. `isClean` says that no byte came after it.
    func finish(isClean: Bool) {
        let told = handler
        let canBeReused =
            isClean && machine.canBeReused && !peerEnded && !isReadable && inbound.isEmpty
        endExchange()
        if canBeReused {
            state = .idle
            timing.idle(now: loop.nowMilliseconds)
            pool.keep(self)
            armDeadline()
        } else {
            close()
        }
        told?.upstreamEnd(self)
    }

    /// The exchange has failed; the connection cannot be used again.
    func fail(_ failure: UpstreamFailure) {
        let told = handler
        close()
        guard let told else { return }
        pool.metrics?.failures.add()
        told.upstreamFailed(failure, self)
    }

    /// Closes now, telling nobody.
    func close() {
        guard state != .closed else { return }
        state = .closed
        endExchange()
        outbound.release()
        inbound.release()
        loop.remove(token)
        socket.close()
    }

    private func endExchange() {
        handler = nil
        drainedBytes = nil
        if let back = storage.take() { pool.giveBack(back) }
    }
}
