import Bytes
import HTTP
import Routing
import Telemetry
import Testing

@testable import Host

@Suite("What a process says about itself")
struct HostRoutesTests {
    private let readiness = Readiness()
    private let metrics = Metrics()

    private func get(_ path: String) async throws -> ClientResponse {
        let routes = HostRoutes(
            name: "users", readiness: readiness, metrics: metrics, exchange: nil)
        let router = Router([routes]) { _, _, _ in }
        return try await LoopbackTransport(router).send(ClientRequest(.get, path))
    }

    @Test("it is ready only between its start and its drain; it is alive all the time")
    func ready() async throws {
        var statuses: [UInt16] = []
        for state in [Readiness.State.starting, .ready, .draining] {
            readiness.state = state
            statuses.append(try await get("/readyz").status.code)
            #expect(try await get("/healthz").status == .ok)
        }
        #expect(statuses == [503, 200, 503])
    }

    @Test("the metrics are Prometheus's text")
    func exposition() async throws {
        metrics.counter("cakes_total", "Cakes eaten.").add(3)
        let answer = try await get("/metrics")
        #expect(answer.fields[.contentType]?.hasPrefix("text/plain; version=0.0.4") == true)
        #expect(answer.body.text.contains("cakes_total 3"))
    }
}
