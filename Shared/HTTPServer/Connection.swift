package import Bytes
package import HTTP
package import Reactor
import Telemetry

/// One accepted connection: its socket, what is buffered for it, and the exchange it is in.
///
/// Lives on its loop. Reading happens into the loop's shared room; a connection between requests
/// holds no buffers. This file reads; `Connection+Answer` writes; `Connection+Deadlines` keeps
/// time.
package final class Connection: LoopHandler {
    package let context: ServerContext
    package let peer: SocketAddress
    package private(set) var token = Token(slot: .max, generation: .max)
    /// Reads of one turn: a megabyte, then the other connections have theirs.
    private static let readsMax = 16

    /// Counts the exchanges of this connection: a late answer to an earlier one finds its number
    /// gone.
    package internal(set) var exchange: UInt32 = 0

    /// The client's address as text, made when it is first asked for.
    package private(set) lazy var peerText = ByteString(peer.host)

    let handler: any ExchangeHandler
    let state: Confined<ConnectionState>
    var tableIndex = -1

    var isReadable = false
    var isWritable = true
    var peerEnded = false
    var isPumping = false
    var isPaused = false
    var isClosed = false
    /// Set when the answer that is being sent is the last: what then becomes of the socket.
    var closing = Closing.no

    enum Closing { case no, afterFlush, lingering }

    init(socket: consuming Socket, peer: SocketAddress, context: ServerContext) {
        self.peer = peer
        self.context = context
        handler = context.makeHandler()
        state = Confined(
            ConnectionState(
                socket: socket, machine: ConnectionMachine(limits: context.limits)))
        machine.isDraining = context.isDraining
    }

    package var loop: EventLoop { context.loop }
    package var limits: HTTPLimits { context.limits }

    /// Joins the loop: from now on it is told of readiness and deadlines.
    func open() throws(SystemError) {
        token = loop.add(self)
        context.add(self)
        socket.sendAtOnce()
        do throws(SystemError) {
            try loop.watch(socket.descriptor, for: token)
        } catch {
            cut()
            throw error
        }
        timing.start(now: loop.nowMilliseconds)
        armDeadline()
    }

    package func ready(_ readiness: Readiness) {
        guard !isClosed else { return }
        if readiness.mayWrite { becomeWritable() }
        if readiness.mayRead {
            isReadable = true
            if readiness.peerEnded { noticeEnd(readiness) }
            pump()
        }
    }

    // MARK: Reading

    /// Stops reading the body of this request until `resumeBody`.
    package func pauseBody() {
        isPaused = true
        armDeadline()
    }

    /// Goes on reading the body.
    package func resumeBody() {
        guard isPaused, !isClosed else { return }
        isPaused = false
        timing.restartBody(now: loop.nowMilliseconds)
        pump()
    }

    /// Reads and handles whatever can be, then sends what came of it.
    func pump() {
        guard !isPumping, !isClosed else { return }
        isPumping = true
        // The last piece of a body may have asked for a pause: its end waits like bytes do.
        if !inbound.isEmpty || machine.isAtEnd { handleInbound() }
        var reads = 0
        while wantsToRead {
            reads += 1
            if reads > Connection.readsMax {
                pumpAgain()
                break
            }
            switch unsafe socket.read(into: context.scratch) {
            case .bytes(let count):
                // A short read has emptied the socket: the poller tells of more (epoll(7)).
                isReadable = unsafe count == context.scratch.count || peerEnded
                unsafe handle(UnsafeRawBufferPointer(rebasing: context.scratch[..<count]))
            case .wouldBlock: isReadable = false
            case .ended: endOfInput()
            case .failed: cut()
            }
        }
        isPumping = false
        flush()
        armDeadline()
    }

    /// Goes on reading in the loop's next turn: one long upload must not keep the others waiting.
    private func pumpAgain() {
        let again = LoopBound(self, on: loop)
        loop.execute { again.here.pump() }
    }

    private var wantsToRead: Bool {
        guard isReadable, !isClosed else { return false }
        if closing == .lingering { return true }
        if closing == .afterFlush { return false }
        return !isPaused && !machine.isRequestComplete && inbound.count < limits.inboundBytesHigh
    }

    private func handle(_ bytes: UnsafeRawBufferPointer) {
        if closing == .lingering { return linger(dropping: bytes.count) }
        timing.received(bytes.count)
        guard inbound.isEmpty else {
            unsafe inbound.append(bytes)
            return handleInbound()
        }
        let used = unsafe handleEvents(bytes)
        if used < bytes.count, !isClosed {
            unsafe inbound.append(UnsafeRawBufferPointer(rebasing: bytes[used...]))
        }
    }

    private func handleInbound() {
        // The buffer steps aside, so that nothing a handler does can move the bytes being handled.
        var held = ByteBuffer()
        swap(&held, &inbound)
        let used = unsafe handleEvents(held.readable)
        guard !isClosed else { return }
        held.consume(used)
        if !held.isEmpty {
            precondition(inbound.isEmpty, "bytes arrive through the pump only")
            swap(&held, &inbound)
        }
    }

    /// Hands out events until the bytes are used up or have to wait; answers how many were used.
    private func handleEvents(_ bytes: UnsafeRawBufferPointer) -> Int {
        var used = 0
        while !isClosed, !isPaused {
            let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[used...])
            if current.storage == nil { current.storage = context.takeStorage() }
            guard let storage = current.storage else { break }
            let step = unsafe machine.next(rest, storage: storage)
            used += step.consumed
            switch step.event {
            case .head(let head):
                begin(head)
                // Without a further byte there is nothing more to tell, nor room to take for it.
                if used == bytes.count { return used }
            case .body(let slice):
                current.requestBytes += Int(slice.count)
                unsafe handler.requestBody(
                    UnsafeRawBufferPointer(rebasing: rest[slice.lower..<slice.upper]), self)
            case .end: handler.requestEnd(self)
            case .fault(let fault): refuse(fault)
            case .held: return used
            case .needMore:
                if step.consumed == 0 || used == bytes.count { return used }
            }
        }
        return used
    }

    private func begin(_ head: RequestHead) {
        exchange &+= 1
        timing.requestBegan()
        beginExchange(head)
        handler.requestHead(head, self)
    }

    /// What is remembered starts anew; nil for a head that could not be read.
    func beginExchange(_ head: RequestHead?) {
        let trace = ExchangeState.trace(of: head, loop)
        current.begin(
            head, trace: trace, wallMilliseconds: loop.wallMilliseconds,
            nanoseconds: LoopClock.monotonicNanoseconds())
    }

    /// The room of the head is the loop's again.
    func giveBackStorage() {
        if let back = current.storage.take() { context.giveBack(back) }
    }

    // MARK: Ends

    private func noticeEnd(_ readiness: Readiness) {
        guard !peerEnded else { return }
        peerEnded = true
        if machine.hasExchange, closing == .no { handler.clientEnded(self) }
        if readiness.isHungUp, closing != .no, outbound.isEmpty { cut() }
    }

    /// The client has sent its last byte.
    private func endOfInput() {
        isReadable = false
        peerEnded = true
        if closing == .lingering { return cut() }
        switch machine.awaits {
        case .request where !outbound.isEmpty: closing = .afterFlush
        case .request, .head, .body: cut()
        case .nothing: break  // The answer is still owed; a client may end its side early.
        }
    }

    /// Ends an idle connection; one with a request goes on until it is answered.
    func closeIfIdle() {
        if machine.isIdle, outbound.isEmpty, closing == .no { cut() }
    }

    /// Closes now. An exchange that was not finished is told.
    package func cut() {
        guard !isClosed else { return }
        isClosed = true
        if machine.hasExchange {
            context.metrics.aborted.add()
            logExchange(isComplete: false)
            handler.cancelled(self)
        }
        // A reset, so that a part of an answer cannot pass for the whole.
        if !outbound.isEmpty || machine.hasExchange { socket.resetOnClose() }
        loop.remove(token)
        context.remove(self)
        socket.close()
        giveBackStorage()
    }
}
