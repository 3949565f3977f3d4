package import HTTP

/// The one place where a failure becomes a status and words.
extension GatewayProblem {
    /// A path that services keep for themselves, or that no listener knows.
    package static func privatePath(trace: TraceContext) -> GatewayProblem {
        GatewayProblem(
            .notFound, title: "Not found", detail: "there is nothing at this path",
            trace: trace)
    }

    /// A connection outlived the configuration of its listener.
    package static func listenerClosed(trace: TraceContext) -> GatewayProblem {
        GatewayProblem(
            .serviceUnavailable, title: "Listener is closing",
            detail: "this port is configured no more", trace: trace)
    }

    /// TRACE and CONNECT, which end at every gateway.
    package static func methodEndsHere(_ method: Method, trace: TraceContext) -> GatewayProblem {
        GatewayProblem(
            .methodNotAllowed, title: "Method is not allowed",
            detail: "\(method.name) does not pass a gateway", trace: trace)
    }

    /// No target answered. `failure` is the last attempt's; nil when there was no target to try.
    package static func failed(
        _ failure: RetryPolicy.Failure?, rule: RoutedRule, targets: TargetSet, attempts: Int,
        trace: TraceContext
    ) -> GatewayProblem {
        let name = targets.name
        let (kind, title, detail): (Kind, String, String)
        switch failure {
        case nil, .connectFailed:
            (kind, title, detail) = (
                .serviceUnavailable, "\(name) is unavailable", targets.summary
            )
        case .connectTimedOut:
            (kind, title, detail) = (
                .gatewayTimeout, "\(name) cannot be reached",
                "no connection in time; \(targets.summary)"
            )
        case .timedOut:
            (kind, title, detail) = (
                .gatewayTimeout, "\(name) did not answer in time",
                "the request reached a target, which may still carry it out"
            )
        case .closedBeforeAnswer:
            (kind, title, detail) = (
                .badGateway, "\(name) gave no answer",
                "the target closed the connection before it answered"
            )
        case .malformedAnswer:
            (kind, title, detail) = (
                .badGateway, "\(name) gave no valid answer", "the target's answer is not HTTP/1.1"
            )
        case .brokenAnswer:
            (kind, title, detail) = (
                .badGateway, "\(name) broke off", "the target closed the connection half-way"
            )
        case .cutOff:
            (kind, title, detail) = (
                .badGateway, "\(name) has left",
                "the target's deregistration delay ran out before it answered"
            )
        }
        return GatewayProblem(
            kind, title: title, detail: detail, service: name, rule: rule.label,
            attempts: attempts, trace: trace)
    }
}
