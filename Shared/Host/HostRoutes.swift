import Bytes
import HTTP
import JSON
import Outbox
import Routing
import Synchronization
import Telemetry

/// What a process says about itself. Private to the operator: the gateway routes none of these.
struct HostRoutes: ServiceModule {
    let name: String
    let prefix = "/healthz"
    let readiness: Readiness
    let metrics: Metrics
    /// Nil for a process that follows nobody.
    let exchange: FeedExchange?

    var routes: [Route] {
        [
            .get("/healthz", alive),
            .get("/readyz", ready),
            .get("/metrics", exposition),
        ]
    }

    /// The process lives: says nothing about what it depends on.
    func alive(_ request: borrowing Request) -> Response { .text("alive\n") }

    /// The process takes requests; 503 while it starts or drains.
    func ready(_ request: borrowing Request) -> Response {
        let state = readiness.state
        var json = JSONWriter(capacity: 64)
        json.beginObject()
        json.key("state")
        json.string(state.rawValue)
        json.key("service")
        json.string(name)
        if let figures = exchange?.figures, !figures.isEmpty {
            json.key("follows")
            json.beginArray()
            for (wire, figures) in figures { HostRoutes.write(figures, by: wire, into: &json) }
            json.endArray()
        }
        json.endObject()
        let status: Status = state == .ready ? .ok : .serviceUnavailable
        return Response(
            status, fields: [.contentType: Response.jsonType, .cacheControl: "no-store"],
            body: .bytes(json.finish()))
    }

    private static func write(
        _ figures: ProjectorFigures, by wire: String, into json: inout JSONWriter
    ) {
        json.beginObject()
        json.key("by")
        json.string(wire)
        json.key("source")
        json.string(figures.source)
        json.key("position")
        json.integer(figures.position)
        json.key("lagSeconds")
        json.integer(Int64(figures.lagSeconds))
        json.key("reachable")
        json.bool(figures.isReachable)
        json.endObject()
    }

    /// The metrics in Prometheus's text format.
    func exposition(_ request: borrowing Request) -> Response {
        Response(
            .ok, fields: [.contentType: Metrics.contentType],
            body: .bytes(metrics.exposition()))
    }
}

/// Whether a process takes requests. Set by its life, read by its health route.
final class Readiness: Sendable {
    enum State: String, Sendable { case starting, ready, draining }

    private let current = Mutex(State.starting)

    var state: State {
        get { current.withLock { $0 } }
        set { current.withLock { $0 = newValue } }
    }
}
