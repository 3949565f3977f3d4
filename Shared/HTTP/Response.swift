package import Bytes

/// An answer: status, fields and body. The server adds Date, Content-Length or Transfer-Encoding,
/// and Connection.
package struct Response: Sendable {
    package var status: Status
    package var fields: Fields
    package var body: ResponseBody

    package init(_ status: Status, fields: Fields = Fields(), body: ResponseBody = .empty) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// Plain text in UTF-8.
    package static func text(_ text: String, status: Status = .ok) -> Response {
        Response(
            status, fields: [.contentType: "text/plain; charset=utf-8"],
            body: .bytes(ByteString(text)))
    }
}

/// What follows the head of an answer.
package enum ResponseBody: Sendable {
    case empty
    /// Sent with a Content-Length.
    case bytes(ByteString)
    /// Sent in chunks while the closure runs; if it throws, the connection is cut so that nobody
    /// takes a part for the whole.
    case stream(@Sendable (any BodyWriter) async throws -> Void)
}

/// Takes the bytes of a streamed answer.
package protocol BodyWriter: Sendable {
    /// Returns once the connection has room for more; throws when the client is gone.
    func write(_ bytes: ByteString) async throws
}
