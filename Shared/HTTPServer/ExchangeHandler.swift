package import HTTP

/// Answers the requests of one connection, one after the other, on the connection's loop.
///
/// The seam for whoever moves bytes itself, such as a proxy. It answers through the `Connection`,
/// at once or later. Everything else implements `Responder` and is served by `ResponderHandler`.
package protocol ExchangeHandler: AnyObject {
    /// A request begins. If it has a body, the pieces follow, then `requestEnd`.
    func requestHead(_ head: RequestHead, _ connection: Connection)

    /// A piece of the body; the bytes are valid during the call only.
    func requestBody(_ bytes: UnsafeRawBufferPointer, _ connection: Connection)

    /// The body is complete. Not called for requests without one.
    func requestEnd(_ connection: Connection)

    /// There is room again, after `sendBody` answered that there was none.
    func roomAgain(_ connection: Connection)

    /// The client sends no more. It may still read: a proxy takes it for an abort, others answer
    /// on.
    func clientEnded(_ connection: Connection)

    /// The exchange is over without an answer having been finished: the client is gone or broke the
    /// framing.
    func cancelled(_ connection: Connection)

    /// The answer to a fault that the engine found itself, if nothing has been answered yet.
    func refusal(of fault: HTTPFault, _ head: RequestHead?, _ connection: Connection) -> Response
}
