import Bytes
import HTTP

/// An answer as bytes that can be kept: the message that was sent, without its date.
struct StoredAnswer {
    let bytes: ByteString

    /// Keeps `response`, whose body is here already.
    init(_ response: Response) {
        let body = StoredAnswer.body(of: response)
        var message = ByteBuffer(capacity: body.count + StoredAnswer.headBytesUsual)
        MessageWriter.writeResponseHead(
            response.status, response.fields, framing: .none, date: ByteString(),
            connection: .implied, into: &message)
        message.append(body)
        bytes = message.freeze()
    }

    init(bytes: ByteString) { self.bytes = bytes }

    /// The answer again; throws for bytes that are none.
    func response() throws(HTTPFault) -> Response {
        var scanned = 0
        let head = try unsafe bytes.withBytes { (lent) throws(HTTPFault) in
            try unsafe ResponseParser.parse(
                lent, scanned: &scanned, limits: HTTPLimits(), requestMethod: .post,
                into: HeadStorage())
        }
        guard let head else {
            throw HTTPFault(.internalServerError, "kept-answer-cut", "a kept answer is cut")
        }
        let rest = bytes.count - head.byteCount
        let body = bytes.slice(from: head.byteCount, count: rest)
        return Response(
            head.status, fields: head.fields, body: rest > 0 ? .bytes(body) : .empty)
    }

    private static func body(of response: Response) -> ByteString {
        switch response.body {
        case .empty: return ByteString()
        case .bytes(let bytes): return bytes
        case .stream: preconditionFailure("an answer that is kept is whole")
        }
    }

    private static let headBytesUsual = 512
}
