import Bytes
import HTTP
import Reactor

/// The request body on its way from the connection to the task that reads it. Lives on the loop.
final class BodyInlet {
    private let reply: Reply
    private let bytesHigh: Int
    private var held = ByteBuffer()
    private var isEnded = false
    private var fault: HTTPFault?
    private var waiting: CheckedContinuation<Result<ByteString?, HTTPFault>, Never>?

    init(_ connection: Connection) {
        reply = Reply(connection)
        bytesHigh = connection.limits.inboundBytesHigh
    }

    /// Takes a piece; false asks the connection to pause.
    func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
        unsafe held.append(bytes)
        wake()
        return held.count < bytesHigh
    }

    func end() {
        isEnded = true
        wake()
    }

    func fail(_ fault: HTTPFault) {
        self.fault = fault
        wake()
    }

    /// What the task holds.
    var source: Source { Source(inlet: LoopBound(self, on: reply.loop)) }

    struct Source: BodySource {
        let inlet: LoopBound<BodyInlet>

        func next() async throws(HTTPFault) -> ByteString? {
            if inlet.loop.isCurrent, let ready = inlet.here.take() { return try ready.get() }
            let result = await withCheckedContinuation { continuation in
                inlet.execute { $0.wait(continuation) }
            }
            return try result.get()
        }
    }

    private func wait(_ continuation: CheckedContinuation<Result<ByteString?, HTTPFault>, Never>) {
        precondition(waiting == nil, "a body has one reader")
        if let ready = take() { return continuation.resume(returning: ready) }
        waiting = continuation
    }

    private func wake() {
        guard let continuation = waiting, let ready = take() else { return }
        waiting = nil
        continuation.resume(returning: ready)
    }

    /// What a reader gets now; nil if it has to wait, which is also when the client is invited to
    /// send.
    private func take() -> Result<ByteString?, HTTPFault>? {
        if !held.isEmpty {
            var bytes = ByteBuffer()
            swap(&bytes, &held)
            let wasFull = bytes.count >= bytesHigh
            if wasFull { resume() }
            return .success(bytes.freeze())
        }
        if let fault { return .failure(fault) }
        if isEnded { return .success(nil) }
        reply.find()?.connection.invite()
        return nil
    }

    /// Lets the connection read on, after the reader has what it got.
    private func resume() {
        let reply = reply
        reply.loop.execute { reply.find()?.connection.resumeBody() }
    }
}
