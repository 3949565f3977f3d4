package import Bytes
package import HTTP

/// A request whose body goes up while its answer comes down, both piece by piece, with flat memory.
///
/// One task writes, one task reads; they may be the same if the other side reads all before it
/// answers. Letting go of the exchange gives it up.
package final class CurlExchange: Sendable {
    let headOutcome = Outcome()
    let endOutcome = Outcome()
    private let up: BytePipe
    private let down: BytePipe
    private let abandon: @Sendable () -> Void
    /// The thread must not end before the exchange.
    private let transport: CurlTransport

    init(
        transport: CurlTransport, up: BytePipe, down: BytePipe,
        abandon: @escaping @Sendable () -> Void
    ) {
        self.transport = transport
        self.up = up
        self.down = down
        self.abandon = abandon
    }

    deinit { abandon() }

    /// Sends more of the body; returns when there is room for the next piece. False if the other
    /// side wants no more: it has answered already, or failed, which `head` and `read` tell.
    @discardableResult
    package func write(_ bytes: ByteString) async -> Bool { await up.write(bytes) }

    /// The body is complete.
    package func finish() { up.finish() }

    /// Status and fields of the answer, without its body.
    package func head() async throws(TransportError) -> ClientResponse {
        try await headOutcome.wait(onCancel: abandon).get()
    }

    /// The next bytes of the answer, as many as have come; nil at its end.
    package func read() async throws(TransportError) -> ByteString? {
        if let bytes = await down.read() { return bytes }
        if Task.isCancelled { abandon() }
        _ = try await endOutcome.wait(onCancel: abandon).get()
        return nil
    }

    /// Gives up: the connection closes, whoever waits gets the error `cancelled`.
    package func cancel() { abandon() }
}
