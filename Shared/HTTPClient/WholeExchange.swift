import Bytes
import HTTP
import Reactor

/// One request with its body and its answer, both whole. Lives on the pool's loop once started.
final class WholeExchange: UpstreamHandler {
    typealias Outcome = Result<ClientResponse, TransportError>
    typealias Continuation = CheckedContinuation<Outcome, Never>

    private let request: ClientRequest
    private let address: SocketAddress
    private let host: ByteString
    private var pool: UpstreamPool?
    private var done: Continuation?
    private var connection: UpstreamConnection?
    private var startedAt: Int64 = 0
    private var hasRetried = false
    private var isCancelled = false
    private var status = Status.ok
    private var fields = Fields()
    private var body = ByteBuffer()

    init(_ request: ClientRequest, to address: SocketAddress, host: ByteString) {
        self.request = request
        self.address = address
        self.host = host
    }

    func start(_ pool: UpstreamPool, _ done: Continuation) {
        self.pool = pool
        self.done = done
        startedAt = pool.loop.nowMilliseconds
        if isCancelled { return cancel() }
        guard request.target.utf8.first == UInt8(ascii: "/") else {
            let error = TransportError(
                .internal, "bad-target", "the target \(request.target) does not start with /",
                isRetryable: false)
            return finish(.failure(error))
        }
        attempt(fresh: false)
    }

    /// The caller waits no more.
    func cancel() {
        isCancelled = true
        connection?.abandon()
        finish(
            .failure(
                TransportError(
                    .downstream, "cancelled", "the request to \(address) was cancelled",
                    isRetryable: false)))
    }

    private func attempt(fresh: Bool) {
        guard let pool else { return }
        do throws(UpstreamFailure) {
            let connection = try pool.open(address, fresh: fresh, for: self)
            self.connection = connection
            send(on: connection, pool)
        } catch {
            finish(.failure(error.error(request.method, peer: "\(address)")))
        }
    }

    private func send(on connection: UpstreamConnection, _ pool: UpstreamPool) {
        var timeouts = pool.settings.timeouts
        let spent = Int(pool.loop.nowMilliseconds - startedAt)
        timeouts.totalMilliseconds = max(1, request.timeoutMilliseconds - spent)
        let framing = framing
        connection.begin(request.method, framing: framing, timeouts: timeouts) { buffer in
            MessageWriter.writeRequestHead(
                request.method, target: request.target, host: host, request.fields,
                framing: framing, connection: .implied, into: &buffer)
        }
        if framing.hasContent {
            unsafe request.body.withBytes { _ = unsafe connection.send($0) }
            connection.endRequest()
        }
    }

    /// Methods that usually bring content say so even if they bring none (RFC 9110 §8.6).
    private var framing: BodyFraming {
        let brings = request.method == .post || request.method == .put || request.method == .patch
        return request.body.isEmpty && !brings ? .none : .length(request.body.count)
    }

    func upstreamHead(_ head: ResponseHead, _ connection: UpstreamConnection) {
        status = head.status
        fields = head.fields
    }

    func upstreamBody(_ bytes: UnsafeRawBufferPointer, _ connection: UpstreamConnection) {
        let bytesMax = connection.pool.settings.collectedBytesMax
        guard body.count + bytes.count <= bytesMax else {
            connection.abandon()
            return finish(
                .failure(
                    TransportError(
                        .upstream, "answer-too-large",
                        "\(address): its answer is longer than \(bytesMax) bytes",
                        isRetryable: false)))
        }
        unsafe body.append(bytes)
    }

    func upstreamEnd(_ connection: UpstreamConnection) {
        var whole = ByteBuffer()
        swap(&whole, &body)
        finish(.success(ClientResponse(status: status, fields: fields, body: whole.freeze())))
    }

    func upstreamFailed(_ failure: UpstreamFailure, _ connection: UpstreamConnection) {
        self.connection = nil
        let isStale = failure == .closedBeforeAnswer(connectionWasReused: true)
        if isStale, !hasRetried, request.method.isIdempotent {
            hasRetried = true
            return attempt(fresh: true)
        }
        finish(.failure(failure.error(request.method, peer: "\(address)")))
    }

    func upstreamRoomAgain(_ connection: UpstreamConnection) {}

    private func finish(_ outcome: Outcome) {
        connection = nil
        guard let done else { return }
        self.done = nil
        done.resume(returning: outcome)
    }
}
