import Bytes

/// The name of a field (RFC 9110 §5.1): kept as spelled, compared without regard to case.
package struct FieldName: Hashable, Sendable, ExpressibleByStringLiteral {
    package let text: String
    package let known: KnownField
    /// Whether it may be sent: false only for a literal that is no token.
    let isToken: Bool

    package init(_ known: KnownField) {
        precondition(known != .other, "only a known field has a name of its own")
        self.known = known
        isToken = true
        text = "\(known.name)"
    }

    /// A name from outside; nil unless it is a token.
    package init?(checking text: String) {
        self.init(stringLiteral: text)
        if !isToken { return nil }
    }

    /// A name known to be a token.
    package init(stringLiteral text: String) {
        self.text = text
        var copy = text
        known = copy.withUTF8 { unsafe KnownField(UnsafeRawBufferPointer($0)) }
        isToken = known != .other || (!text.isEmpty && text.utf8.allSatisfy(ASCII.isToken))
    }

    package static func == (left: FieldName, right: FieldName) -> Bool {
        if left.known != right.known { return false }
        return left.known != .other || left.text.lowercased() == right.text.lowercased()
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(known)
        if known == .other { hasher.combine(text.lowercased()) }
    }

    package static let accept = FieldName(.accept)
    package static let allow = FieldName(.allow)
    package static let authorization = FieldName(.authorization)
    package static let cacheControl = FieldName(.cacheControl)
    package static let connection = FieldName(.connection)
    package static let contentLength = FieldName(.contentLength)
    package static let contentType = FieldName(.contentType)
    package static let date = FieldName(.date)
    package static let etag = FieldName(.etag)
    package static let expect = FieldName(.expect)
    package static let forumPosition = FieldName(.forumPosition)
    package static let host = FieldName(.host)
    package static let idempotencyKey = FieldName(.idempotencyKey)
    package static let ifMatch = FieldName(.ifMatch)
    package static let ifNoneMatch = FieldName(.ifNoneMatch)
    package static let link = FieldName(.link)
    package static let location = FieldName(.location)
    package static let prefer = FieldName(.prefer)
    package static let retryAfter = FieldName(.retryAfter)
    package static let traceparent = FieldName(.traceparent)
    package static let transferEncoding = FieldName(.transferEncoding)
    package static let vary = FieldName(.vary)
    package static let xForwardedFor = FieldName(.xForwardedFor)
    package static let xRequestID = FieldName(.xRequestID)
}
