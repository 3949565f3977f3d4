package import Bytes
package import HTTP
import Reactor
import Telemetry

/// The writing half of a connection: one answer at a time, into a buffer that is sent once a turn.
extension Connection {
    /// Bodies up to this size are copied behind their head; larger ones are sent from where they
    /// lie.
    private static let copiedBodyBytesMax = 16 * 1024
    /// A buffer that grew beyond this is given back once it has been sent.
    private static let keptBufferBytesMax = 2 * 1024

    /// What the handlers of this exchange are told beside the head.
    package var requestContext: RequestContext {
        RequestContext(
            trace: current.trace, arrivedAtMilliseconds: current.arrivedAtMilliseconds,
            peer: IPAddress(v4: peer.address))
    }

    /// Whether the request still waits for the beginning of its answer.
    package var canAnswer: Bool { !isClosed && machine.canBeginAnswer }

    /// Sends `100 Continue` if the client waits for it. Call when the body is wanted.
    package func invite() {
        guard machine.takeContinue() else { return }
        MessageWriter.writeContinue(into: &outbound)
        flushUnlessPumping()
    }

    /// Sends a whole answer: `.empty` or `.bytes`. A streamed body is begun with `beginAnswer`
    /// instead.
    package func respond(_ response: Response, forceClose: Bool = false) {
        guard canAnswer else { return }
        switch response.body {
        case .stream: preconditionFailure("a streamed answer is begun, sent and ended")
        case .empty:
            let framing: BodyFraming = response.status.forbidsContent ? .none : .length(0)
            beginAnswer(response.status, response.fields, framing, forceClose: forceClose)
        case .bytes(let bytes):
            beginAnswer(
                response.status, response.fields, .length(bytes.count), forceClose: forceClose)
            if machine.method != .head { append(bytes) }
        }
        endAnswer(isWhole: true)
    }

    /// Begins an answer whose body follows by `sendBody`. To a HEAD request the body is never sent.
    package func beginAnswer(
        _ status: Status, _ fields: Fields, _ framing: BodyFraming, forceClose: Bool = false
    ) {
        let persists = prepareAnswer(status, framing, forceClose: forceClose)
        unsafe MessageWriter.writeResponseHead(
            status, fields, framing: current.framing, date: context.date,
            connection: connectionOption(persists), into: &outbound)
    }

    /// The same with a head that the caller writes: status line, fields and the empty line, framing
    /// as given. `write` is told whether the connection will be closed after the answer.
    package func beginAnswer(
        _ status: Status, _ framing: BodyFraming, forceClose: Bool = false,
        write: (_ into: inout ByteBuffer, _ option: ConnectionDirective) -> Void
    ) {
        let persists = prepareAnswer(status, framing, forceClose: forceClose)
        write(&outbound, connectionOption(persists))
    }

    /// Adds a piece of the body. Answers whether there is room for more; if not, `roomAgain` tells.
    @discardableResult
    package func sendBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard !isClosed else { return false }
        guard bytes.count > 0, machine.method != .head else { return true }
        let isChunked = current.framing == .chunked
        let (added, held) = unsafe Connection.add(bytes, isChunked: isChunked, to: &outbound)
        current.answerBytes += added
        if held >= Connection.copiedBodyBytesMax { flushUnlessPumping() }
        if outbound.count >= limits.outboundBytesHigh { timing.wantsRoom = true }
        return !timing.wantsRoom
    }

    /// Adds a piece of a body in one access to the buffer; answers by how much it grew and what it
    /// holds.
    private static func add(
        _ bytes: UnsafeRawBufferPointer, isChunked: Bool, to buffer: inout ByteBuffer
    ) -> (added: Int, held: Int) {
        let before = buffer.count
        if isChunked { MessageWriter.writeChunkHead(bytes.count, into: &buffer) }
        unsafe buffer.append(bytes)
        if isChunked { MessageWriter.writeChunkEnd(into: &buffer) }
        return (buffer.count - before, buffer.count)
    }

    /// Ends the answer; the next request may begin. `isWhole` is false only if the body had to be
    /// cut short: the connection is then cut too, so that the client notices.
    package func endAnswer(isWhole: Bool) {
        guard !isClosed else { return }
        guard isWhole else { return cut() }
        if current.framing == .chunked, machine.method != .head {
            let before = outbound.count
            MessageWriter.writeLastChunk(into: &outbound)
            current.answerBytes += outbound.count - before
        }
        logExchange(isComplete: true)
        if machine.endAnswer() == .close { closing = .afterFlush }
        current.head = nil
        giveBackStorage()
        isPaused = false
        timing.requestEnded(now: loop.nowMilliseconds)
        if !isPumping { pump() }
    }

    /// Sends what has been gathered. Call after answering outside the connection's own turn.
    package func flush() {
        guard !isClosed else { return }
        guard isWritable else {
            if outbound.isEmpty { sentAll() }
            return
        }
        switch Connection.send(&outbound, socket) {
        case .nothing: sentAll()
        case .all:
            timing.progressed(now: loop.nowMilliseconds)
            sentAll()
        case .part:
            isWritable = false
            timing.progressed(now: loop.nowMilliseconds)
        case .failed: cut()
        }
    }

    /// What a flush came to.
    private enum Sent { case nothing, all, part, failed }

    /// Sends what `buffer` holds, in one access to it.
    private static func send(_ buffer: inout ByteBuffer, _ socket: borrowing Socket) -> Sent {
        var sent = Sent.nothing
        while !buffer.isEmpty {
            switch unsafe socket.write(buffer.readable) {
            case .bytes(let count): buffer.consume(count)
            case .wouldBlock, .ended: return .part
            case .failed: return .failed
            }
            sent = .all
        }
        if buffer.capacity > keptBufferBytesMax { buffer.release() }
        return sent
    }

    func becomeWritable() {
        isWritable = true
        guard !outbound.isEmpty else { return }
        flush()
        armDeadline()
    }

    /// Answers a fault with what the handler says, then closes. Too late for that, the connection
    /// is cut.
    func refuse(_ fault: HTTPFault) {
        context.metrics.refused.add()
        let wasReadable = machine.hasExchange && current.head != nil
        if !wasReadable {
            exchange &+= 1
            beginExchange(nil)
        }
        machine.refuse()
        current.faultCode = fault.code
        guard machine.canBeginAnswer else { return cut() }
        let answer = handler.refusal(of: fault, current.head, self)
        if wasReadable { handler.cancelled(self) }
        respond(answer, forceClose: true)
    }

    func flushUnlessPumping() {
        if !isPumping { flush() }
    }

    private func append(_ bytes: ByteString) {
        current.answerBytes += bytes.count
        if bytes.count <= Connection.copiedBodyBytesMax || !isWritable {
            return outbound.append(bytes)
        }
        unsafe bytes.withBytes { body in
            var sent = 0
            switch unsafe socket.write(outbound.readable, body) {
            case .bytes(let count):
                sent = max(0, count - outbound.count)
                outbound.consume(min(count, outbound.count))
            case .wouldBlock, .ended: isWritable = false
            case .failed:
                // The flush that follows meets the same failure and ends the connection.
                break
            }
            unsafe outbound.append(UnsafeRawBufferPointer(rebasing: body[sent...]))
        }
    }

    private func prepareAnswer(
        _ status: Status, _ framing: BodyFraming, forceClose: Bool
    ) -> Bool {
        current.status = Int(status.code)
        // HTTP/1.0 knows no chunks: the end of the body is the end of the connection.
        current.framing = current.isOld && framing == .chunked ? .untilClose : framing
        return machine.beginAnswer(forceClose: forceClose || current.framing == .untilClose)
    }

    private func connectionOption(_ persists: Bool) -> ConnectionDirective {
        guard persists else { return .close }
        return current.isOld ? .keepAlive : .implied
    }

    private func sentAll() {
        if timing.wantsRoom {
            timing.wantsRoom = false
            handler.roomAgain(self)
        }
        if context.isFinishing, closing == .no { return closeIfIdle() }
        guard closing == .afterFlush, outbound.isEmpty, !isClosed else { return }
        if peerEnded { return cut() }
        beginLingering()
    }
}

extension Connection {
    /// Each answer from now on is the last.
    func announceClose() { machine.isDraining = true }

    /// One connection too many: a short word, then the end, without joining the loop.
    func turnAway() {
        var answer = ByteBuffer(capacity: 160)
        unsafe MessageWriter.writeResponseHead(
            .serviceUnavailable, [.retryAfter: "1"], framing: .length(0), date: context.date,
            connection: .close, into: &answer)
        // Best effort: whether it fits a fresh socket's buffer or not, the connection ends here.
        _ = unsafe socket.write(answer.readable)
        socket.close()
    }
}
