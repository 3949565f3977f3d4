package import Bytes
package import HTTP
import JSON

/// An answer of the gateway itself, as problem+json that names the cause (RFC 9457).
package struct GatewayProblem: Sendable {
    /// What is wrong: one of the slugs of the API, its status and when it pays to come back.
    package enum Kind: Sendable, Equatable {
        case malformed
        case notFound
        case methodNotAllowed
        case badGateway
        case serviceUnavailable
        case gatewayTimeout

        /// The last part of the problem's type.
        package var slug: StaticString {
            switch self {
            case .malformed: "malformed"
            case .notFound: "not-found"
            case .methodNotAllowed: "method-not-allowed"
            case .badGateway: "bad-gateway"
            case .serviceUnavailable: "service-unavailable"
            case .gatewayTimeout: "gateway-timeout"
            }
        }

        package var status: Status {
            switch self {
            case .malformed: .badRequest
            case .notFound: .notFound
            case .methodNotAllowed: .methodNotAllowed
            case .badGateway: .badGateway
            case .serviceUnavailable: .serviceUnavailable
            case .gatewayTimeout: .gatewayTimeout
            }
        }

        /// For `Retry-After`: a restarted service is back within seconds, and its first good health check
        /// counts at once; a service that is too slow needs a longer pause.
        package var retryAfterSeconds: Int? {
            switch self {
            case .malformed, .notFound, .methodNotAllowed: nil
            case .badGateway, .serviceUnavailable: 2
            case .gatewayTimeout: 5
            }
        }
    }

    package var kind: Kind
    package var title: String
    package var detail: String
    /// The target group asked, if a rule had chosen one.
    package var service: String?
    /// The rule that matched, such as `priority 1 /api/users*`.
    package var rule: String?
    /// Targets tried; told for failures of a service only.
    package var attempts: Int?
    package var trace: TraceContext

    package init(
        _ kind: Kind, title: String, detail: String, service: String? = nil, rule: String? = nil,
        attempts: Int? = nil, trace: TraceContext
    ) {
        self.kind = kind
        self.title = title
        self.detail = detail
        self.service = service
        self.rule = rule
        self.attempts = attempts
        self.trace = trace
    }

    /// The media type of `body`.
    package static let contentType: StaticString = "application/problem+json"

    /// Longer texts would only come from odd configurations; one allocation is enough for all usual ones.
    private static let usualBytes = 384

    /// The document, members in the order of the API.
    package var body: ByteString {
        var json = JSONWriter(capacity: GatewayProblem.usualBytes)
        json.beginObject()
        json.key("type")
        json.string("/problems/\(kind.slug)")
        json.key("title")
        json.string(title)
        json.key("status")
        json.integer(kind.status.code)
        json.key("detail")
        json.string(detail)
        write("service", service, to: &json)
        write("rule", rule, to: &json)
        if let attempts {
            json.key("attempts")
            json.integer(attempts)
        }
        write("trace", trace.traceText, to: &json)
        json.endObject()
        return json.finish()
    }

    /// The whole answer.
    package var response: Response {
        var fields: Fields = [
            .contentType: "\(GatewayProblem.contentType)", .cacheControl: "no-store",
        ]
        if let seconds = kind.retryAfterSeconds { fields.append(.retryAfter, "\(seconds)") }
        return Response(kind.status, fields: fields, body: .bytes(body))
    }

    private func write(_ key: StaticString, _ text: String?, to json: inout JSONWriter) {
        guard let text else { return }
        json.key(key)
        json.string(text)
    }
}
