import Bytes
import HTTP
import Identity
import Routing

/// What makes a request the same when it comes again: who sends it, under which key, and what.
struct KeyedRequest: Sendable {
    /// `u4` for a user, `operator`, or the address of a stranger.
    let subject: String
    let key: String
    /// SHA-256 of method, target and body; of a secret request what its seal makes of that.
    private(set) var fingerprint: [UInt8]

    /// Nil for a request without a key. A streamed body has none: its route refuses keys.
    init?(_ request: borrowing Request) throws(APIError) {
        guard let key = try request.head.idempotencyKey() else { return nil }
        if case .stream = request.body { return nil }
        self.key = key
        subject = KeyedRequest.subject(of: request)
        var whole = ByteBuffer(capacity: request.body.bytes.count + 256)
        whole.append(request.head.method.name)
        whole.append(ASCII.space)
        unsafe whole.append(request.head.storage.bytes(request.head.target))
        whole.append(ASCII.lineFeed)
        whole.append(request.body.bytes)
        fingerprint = unsafe Digest.sha256(whole.readable).array
    }

    /// The same with a fingerprint that `seal` has marked.
    func marked(by seal: AnswerSeal?) throws -> KeyedRequest {
        guard let seal else { return self }
        var marked = self
        marked.fingerprint = try seal.mark(ByteString(fingerprint)).array
        return marked
    }

    private static func subject(of request: borrowing Request) -> String {
        if let caller = request.caller { return subject(ofUser: caller.user) }
        return request.isOperator ? "operator" : "a\(request.clientAddress.text)"
    }

    static func subject(ofUser user: Int64) -> String { "u\(user)" }
}
