import Synchronization

/// The life of a connection in a worker: connect, send, receive, and again or close.
extension Worker {
    /// Opens connections: all free places in closed mode, as many as requests wait in open mode.
    func replenish(at now: Int) {
        guard now >= pauseUntil, !pace.isOver(at: now) else { return }
        var demand = free.count
        if case .open = plan.mode { demand = min(demand, pace.backlog(at: now) - connectingCount) }
        while demand > 0, now >= pauseUntil, let slot = free.popLast() {
            connect(connections[slot], at: now)
            demand -= 1
        }
    }

    func handle(_ event: Poller.Event) {
        let connection = connections[event.slot]
        guard connection.generation == event.generation else { return }
        switch connection.phase {
        case .closed: return
        case .connecting: finishConnecting(connection)
        case .waiting:
            if !connection.unsent.isEmpty { continueSending(connection) }
            if connection.phase == .waiting { receive(connection, hasHangup: event.hasHangup) }
        case .idle:
            // Whatever a server says unasked, a time-out most likely, the connection is of no use
            // then.
            if event.hasHangup { drop(connection) }
        }
    }

    /// Sends one request on a free connection.
    func send(on connection: Connection, start: Int, at now: Int) {
        let index = requestIndex
        requestIndex = index + 1 == plan.requests.count ? 0 : index + 1
        connection.waiting(
            start: start, deadline: now + plan.timeoutNanoseconds,
            answersHead: plan.requests[index].isHead)
        inFlight += 1
        if counts(start) { tally.sent(lag: now - start) }
        if let fixed = plan.requests[index].fixed {
            transmit(fixed, from: 0, on: connection)
        } else {
            plan.requests[index].render(into: &scratch, using: &generator)
            transmit(scratch.request, from: 0, on: connection)
        }
    }

    /// Counts a fault if it belongs to the measurement and gives the connection up.
    func fail(_ connection: Connection, _ fault: Fault, start: Int) {
        if counts(start) { tally.failed(fault) }
        let wasConnecting = connection.phase == .connecting
        drop(connection)
        let now = MonotonicClock.now()
        if wasConnecting { pauseUntil = now + LoadLimits.tick }
        if case .closed = plan.mode { replenish(at: now) }
    }

    private func connect(_ connection: Connection, at now: Int) {
        guard let descriptor = ClientSocket.connect(to: plan.endpoint) else {
            if counts(now) { tally.failed(.connect) }
            pauseUntil = now + LoadLimits.tick
            free.append(connection.slot)
            return
        }
        connection.connecting(descriptor, deadline: now + plan.timeoutNanoseconds)
        connectingCount += 1
        let isWatched = poller.add(
            descriptor, slot: connection.slot, generation: connection.generation)
        precondition(isWatched, "a new socket can be watched")
    }

    private func finishConnecting(_ connection: Connection) {
        let now = MonotonicClock.now()
        guard ClientSocket.connectError(connection.descriptor) == 0 else {
            return fail(connection, .connect, start: now)
        }
        connectingCount -= 1
        connection.becomeIdle()
        tally.opened(nowOpen: connections.count - free.count - connectingCount)
        serve(connection, at: now)
    }

    /// Gives a free connection the next request that is due, or lets it wait for one.
    private func serve(_ connection: Connection, at now: Int) {
        if let start = pace.take(at: now) {
            send(on: connection, start: start, at: now)
        } else {
            idle.append(connection.slot)
        }
    }

    private func transmit(_ bytes: [UInt8], from offset: Int, on connection: Connection) {
        switch ClientSocket.send(bytes, from: offset, to: connection.descriptor) {
        case .moved(let count):
            if counts(connection.start) { tally.moved(sent: count) }
            if offset + count < bytes.count { connection.keepUnsent(bytes, from: offset + count) }
        case .blocked: connection.keepUnsent(bytes, from: offset)
        case .closed, .failed:
            // The answer may already be there: a server that refuses a body says so and closes.
            break
        }
    }

    private func continueSending(_ connection: Connection) {
        while !connection.unsent.isEmpty {
            let result = ClientSocket.send(
                connection.unsent, from: connection.unsentOffset, to: connection.descriptor)
            guard case .moved(let count) = result else { return }
            if counts(connection.start) { tally.moved(sent: count) }
            connection.advanceUnsent(by: count)
        }
    }

    private func receive(_ connection: Connection, hasHangup: Bool) {
        var isDrained = false
        while !isDrained {
            let progress: ResponseReader.Progress
            switch ClientSocket.receive(from: connection.descriptor, into: &buffer) {
            case .moved(let count):
                if counts(connection.start) { tally.moved(received: count) }
                progress = connection.reader.read(buffer.span.extracting(..<count))
                isDrained = count < buffer.count && !hasHangup
            case .closed:
                progress = connection.reader.end()
                if progress == .malformed {
                    return fail(connection, .closed, start: connection.start)
                }
            case .blocked: return
            case .failed: return fail(connection, .reset, start: connection.start)
            }
            switch progress {
            case .more: continue
            case .complete: return finish(connection, mayClose: hasHangup)
            case .malformed: return fail(connection, .malformed, start: connection.start)
            }
        }
    }

    private func finish(_ connection: Connection, mayClose: Bool) {
        let now = MonotonicClock.now()
        answered += 1
        progress.answered.store(answered, ordering: .relaxed)
        let reader = connection.reader
        if counts(connection.start) {
            tally.answered(status: reader.status, start: connection.start, at: now)
        }
        if reader.keepsAlive, !mayClose, connection.unsent.isEmpty {
            inFlight -= 1
            connection.becomeIdle()
            serve(connection, at: now)
        } else {
            drop(connection)
            if case .closed = plan.mode { replenish(at: now) }
        }
    }

    private func drop(_ connection: Connection) {
        switch connection.phase {
        case .connecting: connectingCount -= 1
        case .waiting: inFlight -= 1
        case .idle: idle.removeAll { $0 == connection.slot }
        case .closed: break
        }
        connection.close()
        free.append(connection.slot)
    }
}
