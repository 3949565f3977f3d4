import Bytes
package import HTTP
package import Identity
package import Routing
package import SQLite
import Synchronization
package import UsersService

/// Services on real files in a folder of their own, reached through a loopback that speaks HTTP.
///
/// Callers are known by the accounts of the users service where that is one of the modules, else
/// their tokens are believed (`PlainTokens`).
package final class LoopbackForum: Sendable {
    /// The admin secret of every fixture.
    package static let secret = "only-known-to-the-tests"

    /// What a service is made of.
    package struct Parts: Sendable {
        package let settings: StoreSettings
        fileprivate let folder = TemporaryFolder()
        fileprivate let keys = TemporaryFolder()

        package func store(_ name: String, _ schema: [Migration]) throws -> Store {
            try Store(
                path: folder.file("\(name).sqlite"), migrations: schema, settings: settings)
        }

        package func accounts() throws -> Accounts {
            try Accounts.cheap(keysIn: keys, clock: settings.clock)
        }
    }

    package let modules: [any ServiceModule]
    package let transport: LoopbackTransport
    /// How callers are known, for more routers over the same modules.
    package let routing: RouterSettings
    /// The time and the peer of requests, for more loopbacks over the same modules.
    package let context: LoopbackTransport.ContextMaker
    private let router: Router
    private let parts: Parts
    private let reports = Reports()

    /// Time stands still at the first millisecond of 2026 unless `clock` says otherwise. Nobody is
    /// asked to slow down.
    package init(
        admin: Secret? = Secret(LoopbackForum.secret),
        clock: @escaping @Sendable () -> Int64 = { 1_767_225_600_000 },
        _ modules: (Parts) throws -> [any ServiceModule]
    ) throws {
        var settings = StoreSettings()
        settings.clock = clock
        parts = Parts(settings: settings)
        self.modules = try modules(parts)
        var routing = RouterSettings()
        let users = self.modules.lazy.compactMap { $0 as? Users }.first
        routing.authenticator = users?.authenticator ?? PlainTokens()
        if let admin { routing.isOperator = { admin.matches($0) } }
        routing.quotas = .off
        self.routing = routing
        let reports = reports
        router = Router(self.modules, routing) { error, route, _ in
            reports.add("\(route): \(error)")
        }
        context = { head in
            let usual = LoopbackTransport.fixedContext(head)
            return RequestContext(
                trace: usual.trace, arrivedAtMilliseconds: clock(), peer: usual.peer)
        }
        transport = LoopbackTransport(router, context: context)
    }

    /// Errors that nobody expected.
    package var unexpectedErrors: [String] { reports.lines }

    package func send(
        _ method: Method, _ target: String, _ fields: Fields = Fields(), body: String = ""
    ) async throws -> Answer {
        let request = ClientRequest(method, target, fields: fields, body: ByteString(body))
        return Answer(try await transport.send(request))
    }

    package func get(_ target: String, _ fields: Fields = Fields()) async throws -> Answer {
        try await send(.get, target, fields)
    }

    /// Posts JSON, as a caller with this token if there is one.
    package func post(
        _ target: String, _ body: String, as token: String? = nil
    ) async throws -> Answer {
        var fields: Fields = [.contentType: "application/json"]
        fields[.authorization] = token.map { "Bearer \($0)" }
        return try await send(.post, target, fields, body: body)
    }

    /// Posts NDJSON as the operator.
    package func bulk(_ target: String, _ lines: [String]) async throws -> Answer {
        let fields: Fields = [
            .contentType: "application/x-ndjson",
            .authorization: "Bearer \(LoopbackForum.secret)",
        ]
        let body = lines.map { $0 + "\n" }.joined()
        return try await send(.post, target, fields, body: body)
    }

    /// Sends lines as the operator while the answer is read.
    package func stream(
        _ method: Method, _ target: String, _ source: any BodySource, to writer: any BodyWriter
    ) async throws {
        let text =
            "\(method.name) \(target) HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n"
            + "Authorization: Bearer \(LoopbackForum.secret)\r\n\r\n"
        let context = context(nil)
        let head = try parsed(text)
        guard case .stream(let handler) = router.plan(head, context) else {
            throw HTTPFault(.notFound, "not-streamed", "\(target) does not stream")
        }
        let answer = await handler(Request(head: head, context: context, body: .stream(source)))
        guard case .stream(let write) = answer.body else {
            throw HTTPFault(answer.status, "refused", "\(target) was refused")
        }
        try await write(writer)
    }

    private func parsed(_ text: String) throws -> RequestHead {
        var scanned = 0
        let head = try ByteString(text).withBytes { bytes in
            try RequestParser.parse(
                bytes, scanned: &scanned, limits: HTTPLimits(), into: HeadStorage())
        }
        guard let head else { throw HTTPFault(.badRequest, "no-head", "the head is not whole") }
        return head
    }

    private final class Reports: Sendable {
        private let kept = Mutex<[String]>([])
        var lines: [String] { kept.withLock { $0 } }
        func add(_ line: String) { kept.withLock { $0.append(line) } }
    }
}
