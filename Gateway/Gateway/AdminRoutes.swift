import Bytes
package import HTTP
package import Telemetry

/// What the operator's port answers: health of the gateway, its figures, and what it knows of its
/// targets.
package struct AdminRoutes: Responder {
    private let control: ControlPlane
    private let metrics: Metrics
    private let readiness: Readiness

    /// Whether the gateway should get traffic, in a word: nil when it should, else the reason why
    /// not.
    package typealias Readiness = @Sendable () async -> String?

    package init(control: ControlPlane, metrics: Metrics, readiness: @escaping Readiness) {
        self.control = control
        self.metrics = metrics
        self.readiness = readiness
    }

    package func plan(_ head: RequestHead, _ context: RequestContext) -> ResponsePlan {
        guard head.method == .get || head.method == .head else {
            return .respond(
                Response(.methodNotAllowed, fields: [.allow: "GET, HEAD"], body: .empty))
        }
        let query = head.queryText
        switch head.pathText {
        case "/": return .respond(.text(AdminRoutes.index))
        case "/healthz": return .respond(.text("ok\n"))
        case "/readyz": return answer { await ready() }
        case "/metrics": return .respond(exposition)
        case "/targets": return answer { await targets(query) }
        case "/rules": return answer { .json(AdminDocuments.rules(await control.current)) }
        default: return .respond(.text("there is nothing at this path\n", status: .notFound))
        }
    }

    package func refuse(
        _ fault: HTTPFault, _ head: RequestHead?, _ context: RequestContext
    ) -> Response {
        .text("\(fault.detail)\n", status: fault.status)
    }

    private static let index = """
        GET /healthz   the process answers
        GET /readyz    listeners are open and every registered target has been checked
        GET /metrics   figures for Prometheus
        GET /targets   targets and their health; ?TargetGroupArn=NAME for one group
        GET /rules     listeners and their rules

        """

    /// A question that the control plane answers.
    private func answer(_ make: @escaping @Sendable () async -> Response) -> ResponsePlan {
        .collect(bytesMax: 0) { _ in await make() }
    }

    private func ready() async -> Response {
        guard let reason = await readiness() else { return .text("ok\n") }
        return .text("\(reason)\n", status: .serviceUnavailable)
    }

    private var exposition: Response {
        Response(
            .ok, fields: [.contentType: Metrics.contentType], body: .bytes(metrics.exposition()))
    }

    private func targets(_ query: String?) async -> Response {
        let standings = await control.standings
        guard let query else { return .json(AdminDocuments.targetHealth(standings)) }
        let name = query.split(separator: "=").last.map(String.init) ?? ""
        guard query.hasPrefix("TargetGroupArn="),
            let found = standings.first(where: { $0.group.name == name })
        else { return .text("TargetGroupNotFound\n", status: .notFound) }
        return .json(AdminDocuments.targetHealth(found.group, found.targets))
    }
}

extension Response {
    fileprivate static func json(_ body: ByteString) -> Response {
        Response(
            .ok, fields: [.contentType: "application/json; charset=utf-8"], body: .bytes(body))
    }
}
