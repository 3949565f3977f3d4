import Bytes
package import HTTP

/// A transport that ends in a responder of the same process: for tests, and for the services of a
/// monolith that call each other.
///
/// The request is written as bytes and parsed again, and so is the head of the answer: what a
/// socket would refuse is refused here, and handlers see what a socket would bring. There is no
/// time limit: the call takes as long as its handler.
package struct LoopbackTransport: HTTPTransport {
    /// What the handlers learn of the request beside its bytes.
    package typealias ContextMaker = @Sendable (RequestHead?) -> RequestContext

    private let responder: any Responder
    private let limits: HTTPLimits
    private let context: ContextMaker

    /// `context` stands for the clock and the random numbers of a server.
    package init(
        _ responder: any Responder, limits: HTTPLimits = HTTPLimits(),
        context: @escaping ContextMaker = LoopbackTransport.fixedContext
    ) {
        self.responder = responder
        self.limits = limits
        self.context = context
    }

    /// The trace of the request, or always the same one; the start of 1970; a peer on
    /// this host.
    package static let fixedContext: ContextMaker = { head in
        let sent = head.flatMap { head in
            head.storage.first(.traceparent).flatMap { place in
                unsafe TraceContext(parsing: head.storage.bytes(place))
            }
        }
        let trace = sent ?? TraceContext(high: 0, low: 1, parent: 1)
        return RequestContext(
            trace: trace, arrivedAtMilliseconds: 0, peer: IPAddress(v4: 0x7f00_0001))
    }

    /// Throws only if a streamed answer breaks off or an answer breaks a rule of HTTP.
    package func send(_ request: ClientRequest) async throws(TransportError) -> ClientResponse {
        let bytes = LoopbackTransport.head(of: request)
        let answer: Response
        do throws(HTTPFault) {
            let head = try parse(bytes)
            answer = await run(head, request.body)
        } catch {
            answer = responder.refuse(error, nil, context(nil))
        }
        return try await deliver(answer, to: request.method)
    }

    /// What a client would write on a socket.
    private static func head(of request: ClientRequest) -> ByteString {
        var buffer = ByteBuffer(capacity: 512)
        let hasBody = !request.body.isEmpty || request.method == .post
        MessageWriter.writeRequestHead(
            request.method, target: request.target,
            host: ByteString(request.fields[.host] ?? "loopback"), request.fields,
            framing: hasBody ? .length(request.body.count) : .none, connection: .implied,
            into: &buffer)
        return buffer.freeze()
    }

    private func parse(_ bytes: ByteString) throws(HTTPFault) -> RequestHead {
        var scanned = 0
        let head = try unsafe bytes.withBytes { (lent) throws(HTTPFault) in
            try unsafe RequestParser.parse(
                lent, scanned: &scanned, limits: limits, into: HeadStorage())
        }
        guard let head else { preconditionFailure("a head that was written whole is whole") }
        return head
    }

    private func run(_ head: RequestHead, _ body: ByteString) async -> Response {
        let context = context(head)
        switch responder.plan(head, context) {
        case .respond(let response): return response
        case .collect(let bytesMax, let handler):
            guard body.count <= bytesMax else {
                let fault = HTTPFault(
                    .contentTooLarge, "body-too-large",
                    "a body here may have \(bytesMax) bytes at most")
                return responder.refuse(fault, head, context)
            }
            let collected: RequestBody = body.isEmpty ? .empty : .collected(body)
            return await handler(Request(head: head, context: context, body: collected))
        case .stream(let handler):
            let source = LoopbackBodySource(body, bytesMax: limits.streamedBodyBytesMax)
            return await handler(Request(head: head, context: context, body: .stream(source)))
        }
    }

    private func deliver(
        _ answer: Response, to method: Method
    ) async throws(TransportError) -> ClientResponse {
        let collector = LoopbackBodyWriter()
        switch answer.body {
        case .empty: break
        case .bytes(let bytes): collector.append(bytes)
        case .stream(let write):
            do {
                try await write(collector)
            } catch {
                throw TransportError(
                    .upstream, "answer-cut", "the handler broke off its answer", isRetryable: false)
            }
        }
        let body = collector.take()
        let framing = LoopbackTransport.framing(of: answer, bodyBytes: body.count)
        let fields = try LoopbackTransport.fields(of: answer, framing, method)
        let isBare = method == .head || answer.status.forbidsContent
        return ClientResponse(
            status: answer.status, fields: fields, body: isBare ? ByteString() : body)
    }

    private static func framing(of answer: Response, bodyBytes: Int) -> BodyFraming {
        if answer.status.forbidsContent { return .none }
        if case .stream = answer.body { return .chunked }
        return .length(bodyBytes)
    }

    /// The fields as they arrive: written and parsed.
    private static func fields(
        of answer: Response, _ framing: BodyFraming, _ method: Method
    ) throws(TransportError) -> Fields {
        var buffer = ByteBuffer(capacity: 512)
        MessageWriter.writeResponseHead(
            answer.status, answer.fields, framing: framing, date: ByteString(),
            connection: .implied, into: &buffer)
        var scanned = 0
        do throws(HTTPFault) {
            let head = try unsafe ResponseParser.parse(
                buffer.readable, scanned: &scanned, limits: HTTPLimits(), requestMethod: method,
                into: HeadStorage())
            return head?.fields ?? Fields()
        } catch {
            throw TransportError(.internal, error.code, error.detail, isRetryable: false)
        }
    }
}
