import Bytes
import HTTP
package import Reactor

/// One connection to another server: its socket, what is buffered for it, and the exchange it is
/// in. Lives on its loop.
///
/// Reading happens into the pool's shared room, so that an idle connection holds no buffers. This
/// file reads; `+Request` writes; `+Deadlines` keeps time; `+Ends` returns or closes it.
package final class UpstreamConnection: LoopHandler {
    /// Where it leads.
    package var address: SocketAddress { lane.address }
    /// Whether this exchange goes over a connection that has carried one before.
    package internal(set) var isReused = false

    let pool: UpstreamPool
    var lane: UpstreamLane
    let parts: Confined<UpstreamParts>
    var handler: (any UpstreamHandler)?
    var state = State.connecting
    private(set) var token = Token(slot: .max, generation: .max)

    /// How the body of the request is framed.
    var requestFraming = BodyFraming.none
    /// The caller has given all of the request.
    var isRequestComplete = false
    var isWritable = false
    var isReadable = false
    /// The other side has said that it sends no more; what it sent may still wait to be read.
    var peerEnded = false
    var isPaused = false
    var isPumping = false
    var wantsRoom = false
    /// The pool has it on its list of those to flush.
    var isDirty = false
    /// The other side takes no more; what it has to say can still be read.
    var isWriteBroken = false
    /// Bytes dropped of an answer that nobody wants any more; nil while somebody does.
    var drainedBytes: Int?

    enum State { case connecting, active, idle, closed }

    init(socket: consuming Socket, on lane: UpstreamLane, pool: UpstreamPool) {
        self.lane = lane
        self.pool = pool
        parts = Confined(
            UpstreamParts(
                socket: socket, machine: ExchangeMachine(limits: pool.settings.limits)))
    }

    /// Reads in a row before others get their turn: a megabyte.
    private static let readsMax = 16

    /// The loop it lives on.
    package var loop: EventLoop { pool.loop }

    /// Whether all of the request has been handed to the system.
    package var isRequestSent: Bool { isRequestComplete && outbound.isEmpty && !isWriteBroken }

    /// Joins the loop, on its way to the address.
    func open() throws(SystemError) {
        token = loop.add(self)
        do throws(SystemError) {
            try loop.watch(socket.descriptor, for: token)
        } catch {
            loop.remove(token)
            state = .closed
            throw error
        }
    }

    package func ready(_ readiness: Readiness) {
        switch state {
        case .closed: return
        case .idle:
            // Anything but room to write means that the server closed it or speaks unasked.
            if readiness.mayRead {
                pool.forget(self)
                close()
            }
            return
        case .connecting:
            guard readiness.mayWrite || readiness.isHungUp else { return }
            let code = socket.connectFailure()
            if code != 0 { return fail(.connectFailed(code: code)) }
            state = .active
            timing.progressed(now: loop.nowMilliseconds)
        case .active: break
        }
        if readiness.mayWrite { becomeWritable() }
        if readiness.mayRead {
            isReadable = true
            if readiness.peerEnded { peerEnded = true }
            pump()
        }
    }

    // MARK: Reading

    /// Stops reading the answer until `resumeReading`: its reader is slower than its sender.
    package func pauseReading() { isPaused = true }

    /// Goes on reading. May tell the handler of bytes that were already here, before it returns.
    package func resumeReading() {
        guard isPaused else { return }
        isPaused = false
        guard state == .active else { return }
        timing.progressed(now: loop.nowMilliseconds)
        pump()
    }

    /// Reads and tells whatever can be.
    func pump() {
        guard !isPumping, state == .active else { return }
        guard pool.lendRoom(to: self) else { return }
        isPumping = true
        // The last piece of a body may have asked for a pause: its end waits like bytes do.
        if !inbound.isEmpty || machine.isAtEnd { handleInbound() }
        var reads = 0
        while isReadable, !isPaused, state == .active, reads < UpstreamConnection.readsMax {
            reads += 1
            switch unsafe socket.read(into: pool.scratch) {
            case .bytes(let count):
                // A short read has emptied the socket: the poller tells of more (epoll(7)).
                isReadable = unsafe count == pool.scratch.count || peerEnded
                timing.progressed(now: loop.nowMilliseconds)
                unsafe handle(UnsafeRawBufferPointer(rebasing: pool.scratch[..<count]))
            case .wouldBlock: isReadable = false
            case .ended:
                isReadable = false
                take(machine.peerEnded())
            case .failed:
                isReadable = false
                take(machine.peerEnded(isReset: true))
            }
        }
        isPumping = false
        pool.takeRoomBack()
        if reads == UpstreamConnection.readsMax, isReadable, !isPaused { pumpNextTurn() }
        armDeadline()
    }

    /// A fast sender must not keep the loop from its other connections.
    private func pumpNextTurn() {
        let again = LoopBound(self, on: loop)
        loop.execute { again.here.pump() }
    }

    private func handle(_ bytes: UnsafeRawBufferPointer) {
        guard inbound.isEmpty else {
            unsafe inbound.append(bytes)
            return handleInbound()
        }
        let used = unsafe handleEvents(bytes)
        if used < bytes.count, state == .active {
            unsafe inbound.append(UnsafeRawBufferPointer(rebasing: bytes[used...]))
        }
    }

    private func handleInbound() {
        // The buffer steps aside, so that nothing a handler does can move the bytes being handled.
        var held = ByteBuffer()
        swap(&held, &inbound)
        let used = unsafe handleEvents(held.readable)
        guard state == .active else { return }
        held.consume(used)
        if !held.isEmpty { swap(&held, &inbound) }
    }

    /// Tells events until the bytes are used up, have to wait, or the exchange is over; answers how
    /// many were used.
    private func handleEvents(_ bytes: UnsafeRawBufferPointer) -> Int {
        var used = 0
        while state == .active, !isPaused {
            // Room only from the first byte on: the requests that wait for an answer need none.
            if storage == nil { storage = pool.takeStorage() }
            guard let storage else { break }
            let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[used...])
            let step = unsafe machine.next(rest, storage: storage)
            used += step.consumed
            switch step.event {
            case .needMore:
                if step.consumed == 0 || used == bytes.count { return used }
            case .interim(let head): handler?.upstreamInterim(head, self)
            case .head(let head): handler?.upstreamHead(head, self)
            case .body(let slice):
                unsafe tellBody(UnsafeRawBufferPointer(rebasing: rest[slice.lower..<slice.upper]))
            case .end:
                finish(isClean: used == bytes.count)
                return used
            case .failed(let failure):
                fail(failure)
                return used
            }
        }
        return used
    }

    private func tellBody(_ bytes: UnsafeRawBufferPointer) {
        if let drained = drainedBytes {
            drainedBytes = drained + bytes.count
            if drained + bytes.count > pool.settings.drainBytesMax { close() }
        } else {
            unsafe handler?.upstreamBody(bytes, self)
        }
    }

    /// Acts on what the end of the input or of a deadline means.
    func take(_ event: ExchangeMachine.Event) {
        switch event {
        case .end: finish(isClean: false)
        case .failed(let failure): fail(failure)
        case .needMore, .interim, .head, .body: break
        }
    }
}
