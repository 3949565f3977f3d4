package import Bytes
package import HTTP
import Reactor

/// The writing half: one request at a time, in as few calls to the system as it comes in pieces.
extension UpstreamConnection {
    /// Pieces from this size on are sent from where they lie; smaller ones wait for each other.
    private static let copiedBytesMax = 4 * 1024
    /// A buffer that grew beyond this is given back once it has been sent.
    private static let keptBufferBytesMax = 2 * 1024

    /// Begins the request. `write` appends its whole head, empty line included, framed as `framing`
    /// says. Without content that is all of it; else `send` and `endRequest` follow.
    package func begin(
        _ method: Method, framing: BodyFraming, timeouts: UpstreamTimeouts? = nil,
        write: (_ into: inout ByteBuffer) -> Void
    ) {
        precondition(state != .idle && handler != nil, "a connection is used by whoever opened it")
        guard state != .closed else { return }
        machine.begin(method, isReused: isReused)
        requestFraming = framing
        timing.begin(timeouts ?? pool.settings.timeouts, now: loop.nowMilliseconds)
        write(&outbound)
        if framing.hasContent {
            pool.pumpSoon(self)
        } else {
            isRequestComplete = true
            flush()
        }
        armDeadline()
    }

    /// Adds a piece of the body. Answers whether there is room for more; if not,
    /// `upstreamRoomAgain` tells. Once the exchange is over, pieces are ignored.
    @discardableResult
    package func send(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard state == .active || state == .connecting, handler != nil, bytes.count > 0,
            !isWriteBroken
        else { return true }
        precondition(!isRequestComplete, "a request that has ended gets no more body")
        let isChunked = requestFraming == .chunked
        if isChunked { MessageWriter.writeChunkHead(bytes.count, into: &outbound) }
        if bytes.count >= UpstreamConnection.copiedBytesMax, isWritable {
            unsafe sendNow(bytes)
        } else {
            unsafe outbound.append(bytes)
        }
        if isChunked { MessageWriter.writeChunkEnd(into: &outbound) }
        if isWriteBroken { outbound.removeAll() }
        pool.pumpSoon(self)
        wantsRoom = outbound.count >= pool.settings.outboundBytesHigh
        return !wantsRoom
    }

    /// The body is complete.
    package func endRequest() {
        guard state == .active || state == .connecting, handler != nil else { return }
        guard !isRequestComplete else { return }
        if requestFraming == .chunked { MessageWriter.writeLastChunk(into: &outbound) }
        isRequestComplete = true
        flush()
        armDeadline()
    }

    /// Sends what has been gathered.
    func flush() {
        guard state == .active, !isWriteBroken else { return }
        let isAllSent: Bool
        if isWritable {
            let (sent, end) = UpstreamConnection.send(
                &outbound, socket, isLast: isRequestComplete)
            if sent > 0 { timing.progressed(now: loop.nowMilliseconds) }
            switch end {
            case .all: isAllSent = true
            case .part:
                isAllSent = false
                isWritable = false
            case .failed: return breakWriting()
            }
        } else {
            isAllSent = outbound.isEmpty
        }
        if isAllSent, isRequestComplete { machine.requestSent() }
    }

    /// What became of the bytes that waited.
    private enum SendEnd { case all, part, failed }

    /// Sends what `buffer` holds, in one access to it; answers how many bytes went.
    private static func send(
        _ buffer: inout ByteBuffer, _ socket: borrowing Socket, isLast: Bool
    ) -> (sent: Int, end: SendEnd) {
        var sent = 0
        while !buffer.isEmpty {
            switch unsafe socket.write(buffer.readable) {
            case .bytes(let count):
                buffer.consume(count)
                sent += count
            case .wouldBlock, .ended: return (sent, .part)
            case .failed: return (sent, .failed)
            }
        }
        if isLast, buffer.capacity > keptBufferBytesMax { buffer.release() }
        return (sent, .all)
    }

    /// The socket takes bytes again: the first time, because the connection has been made.
    func becomeWritable() {
        isWritable = true
        flush()
        tellRoom()
        armDeadline()
    }

    /// Tells that there is room, if somebody waits for it.
    func tellRoom() {
        guard wantsRoom, outbound.isEmpty, state == .active else { return }
        wantsRoom = false
        handler?.upstreamRoomAgain(self)
    }

    /// Sends the buffer and `bytes` in one call; what is left of `bytes` is copied.
    private func sendNow(_ bytes: UnsafeRawBufferPointer) {
        var sent = 0
        switch unsafe socket.write(outbound.readable, bytes) {
        case .bytes(let count):
            sent = max(0, count - outbound.count)
            outbound.consume(min(count, outbound.count))
            timing.progressed(now: loop.nowMilliseconds)
        case .wouldBlock, .ended: isWritable = false
        case .failed: return breakWriting()
        }
        unsafe outbound.append(UnsafeRawBufferPointer(rebasing: bytes[sent...]))
    }

    /// The other side takes no more. What it has said may still wait to be read, so the reading
    /// half finds out what that means.
    private func breakWriting() {
        isWriteBroken = true
        outbound.removeAll()
        isReadable = true
        pool.pumpSoon(self)
    }
}
