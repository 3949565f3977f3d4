import Bytes

/// The field names that the engines ask for: recognised once while parsing, compared as a number after.
package enum KnownField: UInt8, Sendable, CaseIterable {
    case other
    case accept, acceptEncoding, age, allow, authorization
    case cacheControl, connection, contentEncoding, contentLength, contentType, cookie
    case date, etag, expect, forwarded, host
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

/// The known names by length and first letter, so that a lookup compares one or two candidates.
struct KnownFieldTable {
    static let shared = KnownFieldTable()
    private static let lengthMax = 20
    private let candidates: [[(lowercase: [UInt8], field: KnownField)]]

    private init() {
        var table = [[(lowercase: [UInt8], field: KnownField)]](
            repeating: [], count: (KnownFieldTable.lengthMax + 1) * 32)
        for field in KnownField.allCases where field != .other {
            let lowercase = Array("\(field.name)".lowercased().utf8)
            let slot = KnownFieldTable.slot(count: lowercase.count, first: lowercase[0])
            table[slot].append((lowercase, field))
        }
        candidates = table
    }

    private static func slot(count: Int, first: UInt8) -> Int { count * 32 + Int(first & 31) }

    func find(_ name: UnsafeRawBufferPointer) -> KnownField {
        guard name.count > 0, name.count <= KnownFieldTable.lengthMax else { return .other }
        let slot = unsafe KnownFieldTable.slot(count: name.count, first: name[0])
        for candidate in candidates[slot] where unsafe matches(name, candidate.lowercase) {
            return candidate.field
        }
        return .other
    }

    private func matches(_ name: UnsafeRawBufferPointer, _ lowercase: [UInt8]) -> Bool {
        for index in 0..<name.count
        where unsafe ASCII.lowercased(name[index]) != lowercase[index] { return false }
        return true
    }
}
