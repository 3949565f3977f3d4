package import HTTP
import JSON
package import Routing

/// The one place where a failure becomes a status and words: problem+json that names the cause.
package enum GatewayProblem {
    /// A path that services keep for themselves.
    package static func privatePath(trace: TraceContext) -> Problem {
        Problem(.notFound, detail: "there is nothing at this path", trace: trace)
    }

    /// A connection outlived the configuration of its listener.
    package static func listenerClosed(trace: TraceContext) -> Problem {
        Problem(.serviceUnavailable, detail: "this port is configured no more", trace: trace)
    }

    /// TRACE and CONNECT, which end at every gateway.
    package static func methodEndsHere(_ method: HTTP.Method, trace: TraceContext) -> Problem {
        Problem(
            .methodNotAllowed, detail: "\(method.name) does not pass a gateway", trace: trace)
    }

    /// No target answered. `failure` is the last attempt's; nil when there was no target to try.
    package static func unanswered(
        _ failure: RetryPolicy.Failure?, rule: RoutedRule, targets: TargetSet, attempts: Int,
        trace: TraceContext
    ) -> Problem {
        let cause = Cause(failure, targets)
        var problem = Problem(
            cause.code, detail: cause.detail, service: targets.name, trace: trace)
        problem.title = cause.title
        problem.extensions = [
            ProblemMember("rule", .string(rule.label)),
            ProblemMember("attempts", .integer(Int64(attempts))),
        ]
        return problem
    }

    /// What a service's failure is called.
    private struct Cause {
        let code: APIErrorCode
        let title: String
        let detail: String

        init(_ code: APIErrorCode, _ title: String, _ detail: String) {
            self.code = code
            self.title = title
            self.detail = detail
        }

        init(_ failure: RetryPolicy.Failure?, _ targets: TargetSet) {
            let name = targets.name
            switch failure {
            case nil, .connectFailed:
                self.init(.serviceUnavailable, "\(name) is unavailable", targets.summary)
            case .connectTimedOut:
                self.init(
                    .gatewayTimeout, "\(name) cannot be reached",
                    "no connection in time; \(targets.summary)")
            case .timedOut:
                self.init(
                    .gatewayTimeout, "\(name) did not answer in time",
                    "the request reached a target, which may still carry it out")
            case .closedBeforeAnswer:
                self.init(
                    .badGateway, "\(name) gave no answer",
                    "the target closed the connection before it answered")
            case .malformedAnswer:
                self.init(
                    .badGateway, "\(name) gave no valid answer",
                    "what the target sent is not HTTP/1.1")
            case .brokenAnswer:
                self.init(
                    .badGateway, "\(name) broke off",
                    "the target closed the connection in the middle of its answer")
            case .cutOff:
                self.init(
                    .badGateway, "\(name) has left",
                    "the target's deregistration delay ran out before it answered")
            }
        }
    }
}

extension Problem {
    /// The whole answer; every 5xx says when to come back, every 405 what is allowed.
    package var gatewayAnswer: Response {
        var fields = Fields()
        if let seconds = APIErrorCode.retryAfterSeconds(for: status) {
            fields.append(.retryAfter, "\(seconds)")
        }
        if status == .methodNotAllowed {
            fields.append(.allow, "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS")
        }
        return response(fields)
    }
}

extension APIErrorCode {
    /// The usual wait of the gateway's own answers.
    fileprivate static func retryAfterSeconds(for status: Status) -> Int? {
        switch status {
        case .badGateway: badGateway.retryAfterSeconds
        case .serviceUnavailable: serviceUnavailable.retryAfterSeconds
        case .gatewayTimeout: gatewayTimeout.retryAfterSeconds
        default: nil
        }
    }
}
