import Bytes
import HTTP

/// A request on its way to the thread of libcurl, with everything it needs there.
struct TransferPlan: Sendable {
    /// Where the body of the answer goes.
    enum Sink: Sendable {
        /// Into the answer, as long as it is not too large.
        case whole
        /// To a task that reads while it comes.
        case pipe(BytePipe)
    }

    let id: UInt64
    let origin: CurlOrigin
    let options: CurlOptions
    let request: ClientRequest
    /// A body that comes while it is sent; nil for the request's own.
    let upload: BytePipe?
    let sink: Sink
    /// Called on the thread, once the final head is there: exchanges only.
    let gotHead: @Sendable (ClientResponse) -> Void
    /// Called on the thread exactly once, after everything else.
    let ended: @Sendable (Result<ClientResponse, TransportError>) -> Void

    /// Ends it before it has begun.
    func refuse(_ fault: TransportError) {
        upload?.close()
        if case .pipe(let pipe) = sink { pipe.finish() }
        ended(.failure(fault))
    }
}
