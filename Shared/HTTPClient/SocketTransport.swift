import Bytes
package import HTTP
package import Reactor

/// Sends whole requests to one address and brings whole answers back, over the pool of one loop.
///
/// A request whose reused connection turns out to be closed is sent once more on a new one, if its
/// method is idempotent; nothing else is repeated. May be called from anywhere; calls from the
/// pool's loop do not leave it.
package struct SocketTransport: HTTPTransport {
    /// Where the requests go.
    package let address: SocketAddress
    private let host: ByteString
    private let pool: LoopBound<UpstreamPool>

    /// `host` is the value of the Host field; the address if there is none.
    package init(
        to address: SocketAddress, host: String? = nil, pool: LoopBound<UpstreamPool>
    ) {
        self.address = address
        self.host = ByteString(host ?? "\(address)")
        self.pool = pool
    }

    /// The answer, at most `UpstreamSettings.collectedBytesMax` of it. A task that is cancelled
    /// gives up the exchange.
    package func send(
        _ request: ClientRequest
    ) async throws(TransportError) -> ClientResponse {
        let exchange = LoopBound(
            WholeExchange(request, to: address, host: host), on: pool.loop)
        let pool = pool
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { (done: WholeExchange.Continuation) in
                if pool.loop.isCurrent {
                    exchange.here.start(pool.here, done)
                } else {
                    exchange.execute { $0.start(pool.here, done) }
                }
            }
        } onCancel: {
            exchange.execute { $0.cancel() }
        }
        return try outcome.get()
    }
}
