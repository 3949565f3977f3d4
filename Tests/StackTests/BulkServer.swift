import Bytes
import HTTP
import HTTPServer
import JSON
import Reactor
import Synchronization
import Telemetry

@testable import Stack

/// A server that speaks the contract of bulk loads and keeps the lines it was sent.
final class BulkServer: Sendable {
    static let secret = "a-secret-of-some-length"

    /// How it treats the lines of a request.
    enum Manner: Sendable {
        case takesAll
        /// Lines that contain this are refused.
        case refuses(String)
        /// The report ends after so many lines, without a summary.
        case breaksOff(after: Int)
        /// Answers without reading.
        case unavailable
    }

    private let group: EventLoopGroup
    private let server: HTTPServer
    private let service: BulkService

    init(_ manner: Manner = .takesAll) async throws {
        service = BulkService(manner)
        group = try EventLoopGroup(count: 1)
        server = try await HTTPServer(
            on: .loopback(0), group: group, metrics: ServerMetrics(Metrics()), responder: service)
    }

    deinit { group.stop() }

    var url: String { "http://\(server.address)" }

    /// The lines that were taken, by path.
    var lines: [String: [String]] { service.kept.withLock { $0.lines } }
    /// The paths asked for, in order.
    var paths: [String] { service.paths.withLock { $0 } }
}

private final class BulkService: Responder {
    struct Kept {
        var lines: [String: [String]] = [:]
        var known: Set<String> = []
    }

    let kept = Mutex(Kept())
    let paths = Mutex<[String]>([])
    private let manner: BulkServer.Manner

    init(_ manner: BulkServer.Manner) { self.manner = manner }

    func plan(_ head: RequestHead, _ context: RequestContext) -> ResponsePlan {
        let path = head.pathText
        paths.withLock { $0.append(path) }
        if case .unavailable = manner {
            return .respond(BulkService.problem(.serviceUnavailable, "posts is down"))
        }
        guard head[.authorization] == "Bearer \(BulkServer.secret)" else {
            return .respond(BulkService.problem(.forbidden, "this is not the admin secret"))
        }
        return .stream { [self] request in
            let body = request.body
            return Response(
                .ok, body: .stream { writer in try await self.answer(path, body, writer) })
        }
    }

    func refuse(_ fault: HTTPFault, _ head: RequestHead?, _ context: RequestContext) -> Response {
        .text("\(fault.code)", status: fault.status)
    }

    /// Line by line, each answered as soon as it is there.
    private func answer(
        _ path: String, _ body: RequestBody, _ writer: any BodyWriter
    ) async throws {
        guard case .stream(let source) = body else { return }
        var rest = ""
        var number = 0
        while let piece = try await source.next() {
            var lines = (rest + piece.text).split(
                separator: "\n", omittingEmptySubsequences: false)
            rest = String(lines.removeLast())
            for line in lines {
                number += 1
                if case .breaksOff(let after) = manner, number > after { return }
                try await writer.write(ByteString(result(number, path, String(line))))
            }
        }
        try await writer.write(ByteString("{\"summary\":{\"lines\":\(number)}}\n"))
    }

    private func result(_ number: Int, _ path: String, _ line: String) -> String {
        if case .refuses(let text) = manner, line.contains(text) {
            return "{\"line\":\(number),\"problem\":{\"detail\":\"no \(text) here\"}}\n"
        }
        let isNew = kept.withLock { kept in
            guard kept.known.insert(path + line).inserted else { return false }
            kept.lines[path, default: []].append(line)
            return true
        }
        return isNew
            ? "{\"line\":\(number),\"id\":7}\n"
            : "{\"line\":\(number),\"id\":7,\"state\":\"unchanged\"}\n"
    }

    private static func problem(_ status: Status, _ detail: String) -> Response {
        Response(
            status, fields: [.contentType: "application/problem+json"],
            body: .bytes(ByteString("{\"status\":\(status.code),\"detail\":\"\(detail)\"}")))
    }
}
