import Bytes
import HTTP
import HTTPServer
import Reactor
import Telemetry

/// A server with answers that tests can tell apart, on a port the system chose.
final class TestServer: Sendable {
    let group: EventLoopGroup
    let server: HTTPServer

    init(limits: HTTPLimits = HTTPLimits(), loops: Int = 1) async throws {
        group = try EventLoopGroup(count: loops)
        server = try await HTTPServer(
            on: .loopback(0), group: group, limits: limits, metrics: ServerMetrics(Metrics()),
            responder: Echo())
    }

    var address: SocketAddress { server.address }

    deinit { group.stop() }
}

/// `/echo` collects and repeats, `/stream` repeats while it reads, `/count` counts, `/never` does
/// not read, `/large` answers a megabyte, `/broken` breaks off in the middle; all else is the path
/// as text.
struct Echo: Responder {
    func plan(_ head: RequestHead, _ context: RequestContext) -> ResponsePlan {
        switch head.pathText {
        case "/echo":
            return .collect(bytesMax: 1_000) { request in
                await Task.yield()
                return Response(.ok, body: .bytes(request.body.bytes))
            }
        case "/stream": return .stream { request in Echo.repeating(request.body) }
        case "/count": return .stream { request in await Echo.count(request.body) }
        case "/never":
            return .stream { _ in .text("not wanted", status: .contentTooLarge) }
        case "/large":
            return .respond(
                Response(.ok, body: .bytes(ByteString([UInt8](repeating: 120, count: 1 << 20)))))
        case "/broken":
            return .stream { _ in
                Response(
                    .ok,
                    body: .stream { writer in
                        try await writer.write("half")
                        throw CancellationError()
                    })
            }
        default: return .respond(.text(head.pathText))
        }
    }

    func refuse(_ fault: HTTPFault, _ head: RequestHead?, _ context: RequestContext) -> Response {
        .text("\(fault.code)", status: fault.status)
    }

    private static func repeating(_ body: RequestBody) -> Response {
        guard case .stream(let source) = body else { return .text("no body") }
        return Response(
            .ok,
            body: .stream { writer in
                while let piece = try await source.next() { try await writer.write(piece) }
            })
    }

    private static func count(_ body: RequestBody) async -> Response {
        guard case .stream(let source) = body else { return .text("0") }
        var total = 0
        do {
            while let piece = try await source.next() { total += piece.count }
        } catch {
            return .text("\(error.code)", status: error.status)
        }
        return .text("\(total)")
    }
}
