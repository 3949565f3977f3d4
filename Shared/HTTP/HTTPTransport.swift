package import Bytes

/// Sends a request somewhere and brings the whole answer back: the client seam.
package protocol HTTPTransport: Sendable {
    func send(_ request: ClientRequest) async throws(TransportError) -> ClientResponse
}

/// A request as a client makes it. The transport adds Host and the framing fields.
package struct ClientRequest: Sendable {
    package var method: Method
    /// Path and query, percent-encoded, starting with `/`.
    package var target: String
    package var fields: Fields
    package var body: ByteString
    /// The time the whole exchange may take.
    package var timeoutMilliseconds: Int

    package init(
        _ method: Method, _ target: String, fields: Fields = Fields(),
        body: ByteString = ByteString(), timeoutMilliseconds: Int = 10_000
    ) {
        self.method = method
        self.target = target
        self.fields = fields
        self.body = body
        self.timeoutMilliseconds = timeoutMilliseconds
    }
}

/// A whole answer.
package struct ClientResponse: Sendable {
    package var status: Status
    package var fields: Fields
    package var body: ByteString

    package init(status: Status, fields: Fields, body: ByteString) {
        self.status = status
        self.fields = fields
        self.body = body
    }
}

/// Why no answer came: who is to blame, and whether sending again is safe.
package struct TransportError: Error, Sendable {
    /// Which side failed.
    package enum Source: String, Sendable { case upstream, downstream, `internal` }

    package let source: Source
    /// A stable word such as `connect-refused`, for logs and metrics.
    package let code: StaticString
    package let detail: String
    /// True only if the request certainly had no effect.
    package let isRetryable: Bool

    package init(_ source: Source, _ code: StaticString, _ detail: String, isRetryable: Bool) {
        self.source = source
        self.code = code
        self.detail = detail
        self.isRetryable = isRetryable
    }
}
