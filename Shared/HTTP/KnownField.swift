import Bytes

/// The field names that the engines ask for: recognised once while parsing, compared as a number
/// after.
@usableFromInline
package enum KnownField: UInt8, Sendable, CaseIterable {
    case other
    case accept, acceptEncoding, age, allow, authorization
    case cacheControl, connection, contentEncoding, contentLength, contentType, cookie
    case date, etag, expect, forumPosition, forwarded, host
    case idempotencyKey, ifMatch, ifModifiedSince, ifNoneMatch
    case keepAlive, lastModified, link, location, origin, prefer
    case proxyAuthenticate, proxyAuthorization, proxyConnection
    case referer, retryAfter, server, setCookie
    case te, traceparent, tracestate, trailer, transferEncoding
    case upgrade, userAgent, vary, via
    case xAmznTraceID, xForwardedFor, xForwardedPort, xForwardedProto, xRequestID

    /// The usual spelling.
    package var name: StaticString {
        switch self {
        case .other: ""
        case .accept: "Accept"
        case .acceptEncoding: "Accept-Encoding"
        case .age: "Age"
        case .allow: "Allow"
        case .authorization: "Authorization"
        case .cacheControl: "Cache-Control"
        case .connection: "Connection"
        case .contentEncoding: "Content-Encoding"
        case .contentLength: "Content-Length"
        case .contentType: "Content-Type"
        case .cookie: "Cookie"
        case .date: "Date"
        case .etag: "ETag"
        case .expect: "Expect"
        case .forumPosition: "Forum-Position"
        case .forwarded: "Forwarded"
        case .host: "Host"
        case .idempotencyKey: "Idempotency-Key"
        case .ifMatch: "If-Match"
        case .ifModifiedSince: "If-Modified-Since"
        case .ifNoneMatch: "If-None-Match"
        case .keepAlive: "Keep-Alive"
        case .lastModified: "Last-Modified"
        case .link: "Link"
        case .location: "Location"
        case .origin: "Origin"
        case .prefer: "Prefer"
        case .proxyAuthenticate: "Proxy-Authenticate"
        case .proxyAuthorization: "Proxy-Authorization"
        case .proxyConnection: "Proxy-Connection"
        case .referer: "Referer"
        case .retryAfter: "Retry-After"
        case .server: "Server"
        case .setCookie: "Set-Cookie"
        case .te: "TE"
        case .traceparent: "Traceparent"
        case .tracestate: "Tracestate"
        case .trailer: "Trailer"
        case .transferEncoding: "Transfer-Encoding"
        case .upgrade: "Upgrade"
        case .userAgent: "User-Agent"
        case .vary: "Vary"
        case .via: "Via"
        case .xAmznTraceID: "X-Amzn-Trace-Id"
        case .xForwardedFor: "X-Forwarded-For"
        case .xForwardedPort: "X-Forwarded-Port"
        case .xForwardedProto: "X-Forwarded-Proto"
        case .xRequestID: "X-Request-Id"
        }
    }

    /// The known field that `name` spells in any case, else `other`.
    package init(_ name: UnsafeRawBufferPointer) {
        self = unsafe KnownFieldTable.shared.find(name)
    }
}
