import Bytes
import HTTP
import Reactor

/// A streamed answer on its way from the task that writes it to the connection. Lives on the loop.
final class BodyOutlet {
    private let reply: Reply
    private var fault: HTTPFault?
    private var waiting: CheckedContinuation<HTTPFault?, Never>?
    private var hasRoom = true

    init(_ connection: Connection) { reply = Reply(connection) }

    func roomAgain() {
        hasRoom = true
        wake()
    }

    func fail(_ fault: HTTPFault) {
        self.fault = fault
        wake()
    }

    /// What the task holds.
    var writer: Writer { Writer(outlet: LoopBound(self, on: reply.loop)) }

    struct Writer: BodyWriter {
        let outlet: LoopBound<BodyOutlet>

        func write(_ bytes: ByteString) async throws {
            if outlet.loop.isCurrent {
                let here = outlet.here
                here.send(bytes)
                if let fault = here.fault { throw fault }
                if here.hasRoom { return }
                if let fault = await pause(sending: nil) { throw fault }
            } else if let fault = await pause(sending: bytes) {
                throw fault
            }
        }

        /// Waits on the loop until there is room, after sending `bytes` if there are any.
        private func pause(sending bytes: ByteString?) async -> HTTPFault? {
            await withCheckedContinuation { continuation in
                outlet.execute { outlet in
                    if let bytes { outlet.send(bytes) }
                    outlet.wait(continuation)
                }
            }
        }
    }

    private func send(_ bytes: ByteString) {
        guard fault == nil, let (connection, _) = reply.find() else {
            fault = fault ?? HTTPFault(.requestTimeout, "client-gone", "the client went away")
            return
        }
        hasRoom = unsafe bytes.withBytes { unsafe connection.sendBody($0) }
        connection.flushUnlessPumping()
        if !connection.timing.wantsRoom { hasRoom = true }
    }

    private func wait(_ continuation: CheckedContinuation<HTTPFault?, Never>) {
        precondition(waiting == nil, "an answer has one writer")
        if hasRoom || fault != nil { return continuation.resume(returning: fault) }
        waiting = continuation
    }

    private func wake() {
        guard let continuation = waiting else { return }
        waiting = nil
        continuation.resume(returning: fault)
    }
}
