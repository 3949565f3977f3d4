package import HTTP
package import Reactor

/// Told of each exchange when it is over. Confined to one loop: the place for an access log.
package protocol ExchangeLog: AnyObject {
    func exchangeEnded(_ exchange: borrowing EndedExchange, _ connection: Connection)

    /// Lets everything go that was held back: the server is ending.
    func flush()
}

/// What is known of an exchange once it is over.
package struct EndedExchange: ~Copyable {
    /// Nil when the head was not readable.
    package let head: RequestHead?
    package let peer: SocketAddress
    package let trace: TraceContext
    /// The status sent; 0 when no answer was begun.
    package let status: Int
    /// The answer was sent in full.
    package let isComplete: Bool
    /// Bytes of the request's body and of the whole answer.
    package let requestBytes: Int
    package let answerBytes: Int
    /// Wall clock at the head's arrival, milliseconds since 1970.
    package let arrivedAtMilliseconds: Int64
    /// From the head's arrival to the end of the answer.
    package let durationNanoseconds: Int64
    /// The fault of a refused request, else empty.
    package let faultCode: StaticString
}
