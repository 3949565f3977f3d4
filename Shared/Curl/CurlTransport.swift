package import HTTP
import Synchronization

/// HTTP to the outside world by libcurl, on a thread of its own: for commands, tests and other
/// people's servers, never on the path of a request of ours.
///
/// Connections are kept and used again. Redirects are not followed; the target is sent as it is
/// given. A request on a kept connection that the other side has just closed is sent once more,
/// whatever its method.
package final class CurlTransport: HTTPTransport {
    private let origin: CurlOrigin
    private let options: CurlOptions
    private let loop = CurlLoop()
    private let lastID = Atomic<UInt64>(0)

    /// Nil unless `origin` is `http://HOST[:PORT]` or `https://HOST[:PORT]`. The thread ends with
    /// this object.
    package init?(_ origin: String, options: CurlOptions = CurlOptions()) {
        guard let origin = CurlOrigin(origin) else { return nil }
        self.origin = origin
        self.options = options
    }

    deinit { loop.stop() }

    /// The whole answer, within the request's time. A task that is cancelled gives up the request.
    package func send(_ request: ClientRequest) async throws(TransportError) -> ClientResponse {
        let outcome = Outcome()
        let id = nextID()
        start(
            TransferPlan(
                id: id, origin: origin, options: options, request: request, upload: nil,
                sink: .whole, gotHead: { _ in }, ended: { outcome.settle($0) }))
        let result = await outcome.wait { [loop] in loop.submit(.cancel(id)) }
        return try withExtendedLifetime(self) { () throws(TransportError) in try result.get() }
    }

    /// Begins a request whose body is written, and whose answer is read, piece by piece. It is sent
    /// in chunks unless it has a Content-Length. Its timeout is the time in which no byte moves.
    package func open(_ request: ClientRequest, sendsBody: Bool = true) -> CurlExchange {
        let id = nextID()
        let wake: @Sendable () -> Void = { [loop] in loop.submit(.resume(id)) }
        let up = BytePipe(bytesMax: options.exchangeBytesMax, wake: wake)
        let down = BytePipe(bytesMax: options.exchangeBytesMax, wake: wake)
        let exchange = CurlExchange(transport: self, up: up, down: down) { [loop] in
            loop.submit(.cancel(id))
        }
        if !sendsBody { up.close() }
        let (head, end) = (exchange.headOutcome, exchange.endOutcome)
        start(
            TransferPlan(
                id: id, origin: origin, options: options, request: request,
                upload: sendsBody ? up : nil,
                sink: .pipe(down), gotHead: { head.settle(.success($0)) },
                ended: { result in
                    head.settle(result)
                    end.settle(result)
                }))
        return exchange
    }

    private func start(_ plan: TransferPlan) {
        if !loop.submit(.start(plan)) { plan.refuse(CurlFault.closed) }
    }

    private func nextID() -> UInt64 { lastID.add(1, ordering: .relaxed).newValue }
}
