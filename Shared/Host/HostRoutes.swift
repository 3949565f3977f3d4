import Bytes
import HTTP
import JSON
import Routing
import Synchronization
import Telemetry

/// What a process says about itself. Private to the operator: the gateway routes none of these.
struct HostRoutes: ServiceModule {
    let name: String
    let prefix = "/healthz"
    let readiness: Readiness
    let metrics: Metrics

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
        json.endObject()
        let status: Status = state == .ready ? .ok : .serviceUnavailable
        return Response(
            status, fields: [.contentType: Response.jsonType, .cacheControl: "no-store"],
            body: .bytes(json.finish()))
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
