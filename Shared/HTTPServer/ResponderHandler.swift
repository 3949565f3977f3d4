import Bytes
package import HTTP
import Reactor

/// Serves a `Responder` on one connection: collects or streams bodies, runs asynchronous handlers
/// as tasks on the connection's loop, and sends their answers.
package final class ResponderHandler: ExchangeHandler {
    /// A body nobody wants is dropped up to this size, so that the connection can live on.
    private static let droppedBodyBytesMax = 64 * 1024

    private enum Mode {
        case idle
        /// Dropping a small body before the answer that is already known.
        case dropping(Response, bytes: Int)
        case collecting(
            head: RequestHead, bytesMax: Int, @Sendable (consuming Request) async -> Response)
        /// A task has the request; its body, if any, flows through `inlet`.
        case running
    }

    private let responder: any Responder
    private var mode = Mode.idle
    private var collected = ByteBuffer()
    private var inlet: BodyInlet?
    private var outlet: BodyOutlet?

    package init(_ responder: any Responder) { self.responder = responder }

    package func requestHead(_ head: RequestHead, _ connection: Connection) {
        let context = connection.requestContext
        switch responder.plan(head, context) {
        case .respond(let response): respond(response, head, connection)
        case .collect(let bytesMax, let handler):
            collect(head, bytesMax: bytesMax, handler, connection)
        case .stream(let handler): stream(head, handler, connection)
        }
    }

    package func requestBody(_ bytes: UnsafeRawBufferPointer, _ connection: Connection) {
        switch mode {
        case .idle: break
        case .dropping(let response, let dropped):
            let total = dropped + bytes.count
            mode = .dropping(response, bytes: total)
            if total > ResponderHandler.droppedBodyBytesMax { finishEarly(response, connection) }
        case .collecting(let head, let bytesMax, _):
            guard collected.count + bytes.count <= bytesMax else {
                return refuseTooLarge(bytesMax, head, connection)
            }
            unsafe collected.append(bytes)
        case .running:
            guard let inlet else { break }
            if unsafe !inlet.receive(bytes) { connection.pauseBody() }
        }
    }

    package func requestEnd(_ connection: Connection) {
        switch mode {
        case .idle: break
        case .dropping(let response, _): finishEarly(response, connection)
        case .collecting(let head, _, let handler):
            var body = ByteBuffer()
            swap(&body, &collected)
            run(head, .collected(body.freeze()), handler, connection)
        case .running: inlet?.end()
        }
    }

    package func roomAgain(_ connection: Connection) { outlet?.roomAgain() }

    package func clientEnded(_ connection: Connection) {}

    package func cancelled(_ connection: Connection) {
        let gone = HTTPFault(.requestTimeout, "client-gone", "the client went away")
        inlet?.fail(gone)
        outlet?.fail(gone)
        reset()
    }

    package func refusal(
        of fault: HTTPFault, _ head: RequestHead?, _ connection: Connection
    ) -> Response {
        responder.refuse(fault, head, connection.requestContext)
    }

    // MARK: The three plans

    private func respond(_ response: Response, _ head: RequestHead, _ connection: Connection) {
        if case .stream = response.body {
            return run(head, .empty, { _ in response }, connection)
        }
        let isSmall = head.framing.isWithin(ResponderHandler.droppedBodyBytesMax)
        if connection.machine.isRequestComplete || head.expectsContinue || !isSmall {
            return connection.respond(response)
        }
        mode = .dropping(response, bytes: 0)
    }

    private func collect(
        _ head: RequestHead, bytesMax: Int,
        _ handler: @escaping @Sendable (consuming Request) async -> Response,
        _ connection: Connection
    ) {
        if case .length(let count) = head.framing, count > bytesMax {
            return refuseTooLarge(bytesMax, head, connection)
        }
        if connection.machine.isRequestComplete { return run(head, .empty, handler, connection) }
        mode = .collecting(head: head, bytesMax: bytesMax, handler)
        connection.invite()
    }

    private func stream(
        _ head: RequestHead, _ handler: @escaping @Sendable (consuming Request) async -> Response,
        _ connection: Connection
    ) {
        if connection.machine.isRequestComplete { return run(head, .empty, handler, connection) }
        let inlet = BodyInlet(connection)
        self.inlet = inlet
        run(head, .stream(inlet.source), handler, connection)
    }

    // MARK: Tasks

    /// Starts `handler` here and now; if it never suspends, its answer is sent before this returns.
    private func run(
        _ head: RequestHead, _ body: RequestBody,
        _ handler: @escaping @Sendable (consuming Request) async -> Response,
        _ connection: Connection
    ) {
        mode = .running
        let context = connection.requestContext
        let reply = Reply(connection)
        Task.immediate(executorPreference: connection.loop) {
            let response = await handler(Request(head: head, context: context, body: body))
            await reply.send(response)
        }
    }

    /// Sends the whole answer of a task.
    func finish(_ response: Response, _ connection: Connection) {
        reset()
        connection.respond(response)
        connection.flushUnlessPumping()
    }

    /// Begins the streamed answer of a task.
    func begin(_ response: Response, _ connection: Connection) -> BodyOutlet {
        connection.beginAnswer(response.status, response.fields, .chunked)
        connection.flushUnlessPumping()
        let outlet = BodyOutlet(connection)
        self.outlet = outlet
        return outlet
    }

    /// Ends the streamed answer of a task.
    func end(isWhole: Bool, _ connection: Connection) {
        reset()
        connection.endAnswer(isWhole: isWhole)
        connection.flushUnlessPumping()
    }

    private func finishEarly(_ response: Response, _ connection: Connection) {
        reset()
        connection.respond(response)
    }

    private func refuseTooLarge(_ bytesMax: Int, _ head: RequestHead, _ connection: Connection) {
        let fault = HTTPFault(
            .contentTooLarge, "body-too-large", "a body here may have \(bytesMax) bytes at most")
        finishEarly(refusal(of: fault, head, connection), connection)
    }

    private func reset() {
        mode = .idle
        collected.release()
        inlet = nil
        outlet = nil
    }
}

extension BodyFraming {
    /// Whether the body may turn out to have at most `bytes` bytes.
    fileprivate func isWithin(_ bytes: Int) -> Bool {
        if case .length(let count) = self { return count <= bytes }
        return self != .untilClose
    }
}
