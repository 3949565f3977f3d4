package import HTTP

/// The closed list of problems: slug, status and title, the only mapping between them.
package enum APIErrorCode: String, Sendable, CaseIterable {
    case malformed
    case cursorMismatch = "cursor-mismatch"
    case unauthenticated
    case tokenExpired = "token-expired"
    case invalidCredentials = "invalid-credentials"
    case forbidden
    case banned
    case notFound = "not-found"
    case methodNotAllowed = "method-not-allowed"
    case notAcceptable = "not-acceptable"
    case conflict
    case idempotencyInFlight = "idempotency-in-flight"
    case gone
    case preconditionFailed = "precondition-failed"
    case tooLarge = "too-large"
    case unsupportedMediaType = "unsupported-media-type"
    case validation
    case idempotencyReuse = "idempotency-reuse"
    case locked
    case preconditionRequired = "precondition-required"
    case rateLimited = "rate-limited"
    case headersTooLarge = "headers-too-large"
    case `internal`
    case badGateway = "bad-gateway"
    case serviceUnavailable = "service-unavailable"
    case dependencyUnavailable = "dependency-unavailable"
    case overloaded
    case storageFull = "storage-full"
    case gatewayTimeout = "gateway-timeout"

    /// The last part of the problem's type: `/problems/<slug>`.
    package var slug: String { rawValue }

    /// The status that every such problem has.
    package var status: Status {
        switch self {
        case .malformed, .cursorMismatch: .badRequest
        case .unauthenticated, .tokenExpired, .invalidCredentials: .unauthorized
        case .forbidden, .banned: .forbidden
        case .notFound: .notFound
        case .methodNotAllowed: .methodNotAllowed
        case .notAcceptable: .notAcceptable
        case .conflict, .idempotencyInFlight: .conflict
        case .gone: .gone
        case .preconditionFailed: .preconditionFailed
        case .tooLarge: .contentTooLarge
        case .unsupportedMediaType: .unsupportedMediaType
        case .validation, .idempotencyReuse: .unprocessableContent
        case .locked: .locked
        case .preconditionRequired: .preconditionRequired
        case .rateLimited: .tooManyRequests
        case .headersTooLarge: .fieldsTooLarge
        case .internal: .internalServerError
        case .badGateway: .badGateway
        case .serviceUnavailable, .dependencyUnavailable, .overloaded, .storageFull:
            .serviceUnavailable
        case .gatewayTimeout: .gatewayTimeout
        }
    }

    /// The same for every occurrence of the problem (RFC 9457 §3.1.3).
    package var title: String {
        switch self {
        case .malformed: "Request cannot be understood"
        case .cursorMismatch: "Cursor belongs to another list"
        case .unauthenticated: "Sign in first"
        case .tokenExpired: "Token has expired"
        case .invalidCredentials: "Credentials are not valid"
        case .forbidden: "Not allowed"
        case .banned: "Account is banned"
        case .notFound: "Not found"
        case .methodNotAllowed: "Method is not allowed here"
        case .notAcceptable: "No acceptable representation"
        case .conflict: "Conflicts with the current state"
        case .idempotencyInFlight: "The same request is still running"
        case .gone: "No longer here"
        case .preconditionFailed: "Changed in the meantime"
        case .tooLarge: "Request is too large"
        case .unsupportedMediaType: "Media type is not supported"
        case .validation: "Request is not valid"
        case .idempotencyReuse: "Idempotency key was used for another request"
        case .locked: "Locked"
        case .preconditionRequired: "A precondition is required"
        case .rateLimited: "Too many requests"
        case .headersTooLarge: "Request fields are too large"
        case .internal: "Internal error"
        case .badGateway: "Bad answer from upstream"
        case .serviceUnavailable: "Service is unavailable"
        case .dependencyUnavailable: "A needed service is unavailable"
        case .overloaded: "Too busy"
        case .storageFull: "Storage is full"
        case .gatewayTimeout: "No answer from upstream in time"
        }
    }

    /// The usual seconds for Retry-After: every 5xx has one, and 429.
    package var retryAfterSeconds: Int? {
        switch self {
        case .overloaded, .rateLimited, .idempotencyInFlight: 1
        case .badGateway, .serviceUnavailable, .dependencyUnavailable, .gatewayTimeout: 2
        case .internal: 5
        case .storageFull: 60
        default: nil
        }
    }

    /// The problem that a broken rule of HTTP is; nil where the list has none of that status.
    init?(faultStatus status: Status) {
        switch status {
        case .badRequest: self = .malformed
        case .methodNotAllowed: self = .methodNotAllowed
        case .contentTooLarge: self = .tooLarge
        case .unsupportedMediaType: self = .unsupportedMediaType
        case .fieldsTooLarge: self = .headersTooLarge
        case .serviceUnavailable: self = .serviceUnavailable
        default: return nil
        }
    }
}
